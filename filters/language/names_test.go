package language

import "testing"

func TestNamesDontDecide(t *testing.T) {
	for _, title := range []string{"ZGC Forum opens in Beijing", "Zelensky meets Macron", "Volkswagen closes Dresden plant", "Kyiv under attack", "EU sanctions Belarus"} {
		if g := Of(title, "", "en", "en"); g.Language != "en" {
			t.Errorf("%q of an English source is in %q (%.2f)", title, g.Language, g.Confidence)
		}
		if g := Of(title, "", "", ""); g.Language != "" && g.Language != "en" && g.Confidence < unsure {
			t.Errorf("%q is guessed to be in %q (%.2f)", title, g.Language, g.Confidence)
		}
	}
	for title, want := range map[string]string{
		"Neue Fähre nach Rügen fällt aus": "de", "Le port ferme ses portes": "fr", "El puerto cierra por huelga": "es",
		"De haven blijft morgen dicht": "nl", "Hamnen stänger efter strejken": "sv", "Port zamyka bramy na zimę": "pl",
	} {
		if g := Of(title, "", "en", "en"); g.Language != want {
			t.Errorf("%q is in %q (%.2f), whatever its source", title, g.Language, g.Confidence)
		}
	}
}
