package standing

import (
	"slices"

	"casekeep/assets"
	"casekeep/vault/record"
)

// payments: NASW 2.08.
func payments(p *Practice, _ assets.Standard) verdict {
	if p.Settings.EPayments != "yes" {
		return notApplicable("The practice has not said that payments or claims are electronic.")
	}
	return p.vendorsFor([]string{"payment", "claims"}, "payments or claims")
}

// phoneVendors: the practice's part of TIP 10.
func phoneVendors(p *Practice, _ assets.Standard) verdict {
	return p.vendorsFor([]string{"phone", "text"}, "telephone and texts")
}

// vendorsFor judges whether vendors for some services are on record, each with
// an agreement in force; under HIPAA a business associate agreement (45 CFR
// 164.504(e)).
func (p *Practice) vendorsFor(services []string, of string) verdict {
	act := doing(record.FormVendor)
	var parts []verdict
	for _, v := range p.vendors {
		if slices.Contains(services, v.Data.Service) {
			parts = append(parts, p.vendor(v))
		}
	}
	if len(parts) == 0 {
		return open("No vendor for "+of+" is on record.", act)
	}
	return together(parts...)
}

func (p *Practice) vendor(v entry[record.Vendor]) verdict {
	act := doing(record.FormVendor)
	switch {
	case v.Data.Agreement == "" || v.Data.Agreement == "none":
		return open("There is no agreement with "+v.Data.Name+".", act, v.ID)
	case p.Settings.HIPAA == "yes" && v.Data.Agreement != "baa":
		return open("There is no business associate agreement with "+v.Data.Name+", which HIPAA asks for.", act, v.ID)
	case !v.Data.Expires.IsZero() && num(v.Data.Expires) < num(p.Today):
		return open("The agreement with "+v.Data.Name+" ended on "+v.Data.Expires.Long()+".", act, v.ID)
	}
	d := documented("There is an agreement with "+v.Data.Name+" of "+v.Data.Signed.Long()+".", v.ID)
	return d.renewedBy(v.Data.Expires, p.horizon, "It ends on "+v.Data.Expires.Long()+".", act)
}

// licenseOwn: the practice's part of the duties about licenses.
func licenseOwn(p *Practice, _ assets.Standard) verdict {
	act := doing(record.FormLicense)
	home := p.Settings.Jurisdiction
	switch {
	case len(p.licenses) == 0:
		return open("No license is on record.", act)
	case home != "" && !p.Permitted(home, p.Today):
		return open("No license on record is in force in "+record.JurisdictionName(home)+", where you work from.", act, ids(p.licenses)...)
	}
	var parts []verdict
	for _, l := range p.licenses {
		if l.Data.Expires.IsZero() || num(l.Data.Expires) >= num(p.Today) {
			v := documented(l.Data.Title+", "+record.JurisdictionName(l.Data.Jurisdiction)+", is in force.", l.ID)
			parts = append(parts, v.renewedBy(l.Data.Expires, p.horizon, "It expires on "+l.Data.Expires.Long()+".", act))
		}
	}
	if len(parts) == 0 {
		return open("Every license on record has expired.", act, ids(p.licenses)...)
	}
	return together(parts...)
}

// incidentsOwn: the practice's part of the duty to tell of any breach.
func incidentsOwn(p *Practice, s assets.Standard) verdict {
	v := policiesOwn(p, s)
	if len(p.incidents) > 0 {
		v = together(v, documented(plural(len(p.incidents), "incident stands", "incidents stand")+" in the register.", ids(p.incidents)...))
	}
	return v
}
