package policy

// topics are the policies that the standards ask for. A duty stands under every
// topic whose text tells it, and under at least one that always applies, unless
// the duty itself depends on what the practice does.
var topics = []Topic{
	{
		Key: "informed-consent", Title: "Electronic services and informed consent", ByClients: true,
		Summary: "Who you are, what you offer, what may help and what may go wrong, and the right to say no",
		Informs: []string{"TSP 2.02", "NASW 2.04", "TSP 2.04", "TSP 2.09", "TSP 3.01", "MS 3.4.C.1", "TSP 5.02"},
	},
	{
		Key: "confidentiality", Title: "Confidentiality agreement", ByClients: true,
		Summary: "What stays private, when you may or must speak, and what clients agree to keep",
		Informs: []string{"TSP 3.05", "NASW 2.03", "TSP 3.06", "MS 3.4.C.3", "TSP 3.07", "TIP 6"},
	},
	{
		Key: "records", Title: "Records, retention and storage", ByClients: true,
		Summary: "What a record holds, how it is secured, backed up and kept, and the right to see it",
		Informs: []string{"TSP 5.01", "TSP 5.02", "TSP 5.03", "TSP 5.04"},
	},
	{
		Key: "communication", Title: "Between appointments and after hours", ByClients: true,
		Summary: "Hours, ways to reach you, how soon you answer, and what happens when you are away",
		Informs: []string{
			"TSP 4.04", "TSP 5.02", "TSP 4.05", "MS 3.4.C.5", "NASW 2.09", "TSP 4.09", "NASW 2.14", "TIP 8", "TSP 4.10", "TIP 1",
		},
	},
	{
		Key: "texting", Title: "Texting and email", ByClients: true,
		Summary: "Why texts and email are not fully private, safer ways, and the agreement to use them",
		Informs: []string{"TSP 3.09", "TSP 3.01", "MS 3.4.C.1", "TSP 5.02"},
	},
	{
		Key: "emergencies", Title: "Emergencies and crises", ByClients: true,
		Summary: "Whom to call, the services near the client, and the person you may contact",
		Informs: []string{"NASW 2.13", "TSP 2.09", "TSP 4.04"},
	},
	{
		Key: "interruption", Title: "Interruption of services", ByClients: true,
		Summary: "What to do when the connection fails, or a device is lost, damaged or stolen",
		Informs: []string{"NASW 2.12", "TSP 2.09"},
	},
	{
		Key: "breach", Title: "Breach notification", ByClients: true,
		Summary: "Any breach is told as soon as possible: what happened, what it means, what to do",
		Informs: []string{"MS 3.4.C.4", "TSP 3.10"},
	},
	{
		Key: "searching", Title: "Searching for clients online", ByClients: true,
		Summary: "No searches without consent or an emergency, and the client is told of each",
		Informs: []string{"TSP 2.05"},
	},
	{
		Key: "social-media", Title: "Social media", ByClients: true,
		Summary: "No friend requests, no posts about clients, no testimonials, and how clients protect themselves",
		Informs: []string{
			"NASW 2.10", "TIP 5", "TIP 6", "TSP 3.01", "MS 3.4.C.1", "TSP 3.06", "MS 3.4.C.3", "TSP 5.02",
			"TSP 4.05", "MS 3.4.C.5", "NASW 2.09", "TSP 4.09", "NASW 2.14", "TIP 8", "TSP 4.10", "TIP 1",
		},
		When:  "where you use social media for your work",
		where: func(f Facts) bool { return f.SocialMedia },
	},
	{
		Key: "payment", Title: "Payment privacy", ByClients: true,
		Summary: "What a payment or an insurance claim shows to others, and how to choose",
		Informs: []string{"TIP 9"},
		When:    "where payments or claims are electronic",
		where:   func(f Facts) bool { return f.ElectronicPayments },
	},
	{
		Key: "telehealth", Title: "Telehealth suitability",
		Summary: "How it is decided, and looked at again, whether services from a distance fit a client",
	},
	{
		Key: "privacy-notice", Title: "Notice of Privacy Practices", ByClients: true,
		Summary: "The notice that HIPAA requires (45 CFR 164.520), with the client’s rights",
		Informs: []string{"TSP 5.04"},
		When:    "where HIPAA applies to the practice",
		where:   func(f Facts) bool { return f.HIPAA },
	},
}
