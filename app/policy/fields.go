package policy

import "text/template/parse"

// fieldsOf gives the facts that a starter text uses, whatever its conditions are,
// so that what a policy states can never fall out of step with its text.
func fieldsOf(root parse.Node) map[string]bool {
	fields := map[string]bool{}
	var walk func(parse.Node)
	branch := func(b *parse.BranchNode) {
		walk(b.Pipe)
		walk(b.List)
		if b.ElseList != nil {
			walk(b.ElseList)
		}
	}
	walk = func(node parse.Node) {
		switch n := node.(type) {
		case *parse.ListNode:
			for _, inner := range n.Nodes {
				walk(inner)
			}
		case *parse.ActionNode:
			walk(n.Pipe)
		case *parse.IfNode:
			branch(&n.BranchNode)
		case *parse.PipeNode:
			for _, command := range n.Cmds {
				walk(command)
			}
		case *parse.CommandNode:
			for _, argument := range n.Args {
				walk(argument)
			}
		case *parse.FieldNode:
			fields[n.Ident[0]] = true
		}
	}
	walk(root)
	return fields
}
