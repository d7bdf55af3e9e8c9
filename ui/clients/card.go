package clients

func (c *chart) showCard() {}
