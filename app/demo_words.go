package app

// What made-up clients are called, and what is said with them.

var bulkFirst = []string{
	"Aaron", "Aïcha", "Alma", "Anders", "Beatriz", "Benoît", "Carmen", "Chloé", "Dae-jung", "Deborah", "Elif", "Émile",
	"Farah", "Fernando", "Gabriela", "Gustav", "Hannah", "Hiroshi", "Imani", "Ingrid", "Jamal", "Joyce", "Kwame", "Lakshmi",
	"Leon", "Lucía", "Malik", "Mei", "Nadia", "Nils", "Olga", "Omar", "Paulette", "Quentin", "Rahel", "Ravi", "Saoirse",
	"Stefan", "Tamika", "Tuấn", "Ursula", "Vera", "Walter", "Ximena", "Yusuf", "Zoë",
}

var bulkLast = []string{
	"Abbott", "Adeyemi", "Álvarez", "Baker", "Bianchi", "Brown", "Castillo", "Chen", "Çelik", "Dubois", "Ellis", "Farouk",
	"Fischer", "García", "Green", "Haas", "Hoffmann", "Iversen", "Jackson", "Kaya", "Kim", "Kowalski", "Larsson", "Le",
	"Lindqvist", "Lopez", "Martin", "Moreau", "Nakamura", "Novák", "O’Brien", "Okonkwo", "Park", "Pérez", "Quinn", "Rossi",
	"Sato", "Schäfer", "Singh", "Søndergaard", "Tran", "Uddin", "Vargas", "Walker", "Wójcik", "Yılmaz", "Young", "Zhang",
}

// Texts are put together of one part from each list.

var clientTalk = [][]string{
	{"Good morning!", "Hi Nora,", "Hello,", "Sorry,", "Quick question:", "Thank you 🙏", "Hey,", "Buenos días,", "Bonjour,", "Just so you know,"},
	{
		"I am running ten minutes late", "can we move Thursday to the afternoon?", "the landlord wrote back", "I slept almost seven hours",
		"the school called again", "the form came back with a question on page 2", "my sister will drive me", "we made it through the weekend",
		"I did the breathing before the meeting", "the bus did not come", "the appointment with the clinic is on Monday", "they approved the application",
		"I could not find the letter", "the kids are better", "I start the new job on the first", "the hearing was moved", "I wrote it all down",
		"it was a hard night, but I am safe", "I called the number you gave me", "the neighbor helped with the boxes",
	},
	{"", "See you then.", "Is that ok?", "😊", "Can you call me after 4?", "Talk soon.", "I will bring it along.", "👍🏽", "No need to answer.", "Gracias.", "ok?"},
}

var ownTalk = [][]string{
	{"Good morning,", "Thank you for telling me.", "Hello,", "Of course.", "No worries,", "That is good news!", "I am sorry to hear that.", "Yes,"},
	{
		"the afternoon works too", "please bring the letter with you", "drive carefully", "I will call you at 4", "3 PM is fine",
		"we will look at it together", "the office is open from nine", "please send it to my email instead", "I wrote it down",
		"the clinic has its own line for that", "take the time you need", "we can meet by video", "I am in sessions until five",
		"page 2 is the one they ask about", "let me know how it went",
	},
	{"", "See you on Tuesday.", "Nora", "All the best.", "Talk soon.", "🌱", "Until then."},
}
