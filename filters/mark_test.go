package filters

import (
	"strings"
	"testing"
)

func TestTermsAreMarkedWhereTheyStand(t *testing.T) {
	for _, c := range []struct{ text, language, terms, want string }{
		{"Two harbours get new cranes", "en", "harbour, crane", "Two [harbours] get new [cranes]"},
		{"The harbourmaster left", "en", "harbour", "The harbourmaster left"},
		{"Порт и форуме", "ru", "форум", "Порт и [форуме]"},
		{"中关村论坛今天开幕", "zh-Hans", "中关村论坛, 论坛", "[中关村论坛]今天开幕"},
		{"Port 2026 and Port 2027", "en", "/20\\d\\d/", "Port [2026] and Port [2027]"},
		{"nothing at all", "en", "", "nothing at all"},
		{"", "en", "harbour", ""},
		{"a bad (term", "en", "/(/", "a bad (term"},
		{"one <b>harbour</b>", "", "harbour", "one <b>[harbour]</b>"},
	} {
		var b strings.Builder
		var terms []string
		if c.terms != "" {
			terms = strings.Split(c.terms, ", ")
		}
		for _, p := range Mark(c.text, terms, c.language) {
			if p.Marked {
				p.Text = "[" + p.Text + "]"
			}
			b.WriteString(p.Text)
		}
		if b.String() != c.want {
			t.Errorf("%s: %s, want %s", c.terms, b.String(), c.want)
		}
	}
}
