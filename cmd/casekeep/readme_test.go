package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// The README's commands without a window work as written, one after the other.
func TestReadmeCommands(t *testing.T) {
	if _, err := exec.LookPath("sh"); err != nil {
		t.Skip("the README writes its commands for a shell")
	}
	text, err := os.ReadFile(filepath.Join("..", "..", "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	var backup bytes.Buffer
	writeTexts(&backup, 10)
	if err := os.Mkdir(filepath.Join(folder, "drive"), 0o700); err != nil {
		t.Fatal(err)
	}
	for name, content := range map[string][]byte{"pass": []byte("ladder ochre Venice 42\n"), "words.txt": []byte("other words\n"), "sms-backup.xml": backup.Bytes()} {
		if err := os.WriteFile(filepath.Join(folder, name), content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	_, section, _ := strings.Cut(string(text), "\n## Without a window\n")
	section, _, _ = strings.Cut(section, "\n## ")
	commands := 0
	for line := range strings.Lines(section) {
		arguments, isCommand := strings.CutPrefix(line, "    build/casekeep ")
		if !isCommand {
			continue
		}
		commands++
		arguments, _, _ = strings.Cut(arguments, "  #") // a remark
		cmd := exec.Command("sh", "-c", "casekeep "+strings.TrimSpace(arguments)+" --passphrase-file pass")
		cmd.Dir = folder
		cmd.Env = append(os.Environ(), "HOME="+folder)
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("%s: %v\n%s", strings.TrimSpace(line), err, out)
		}
	}
	if commands < 6 {
		t.Errorf("the README has %d commands without a window", commands)
	}
	if pdf, err := os.ReadFile(filepath.Join(folder, "record.pdf")); err != nil || !bytes.HasPrefix(pdf, []byte("%PDF-")) {
		t.Errorf("no record was produced: %v", err)
	}
}
