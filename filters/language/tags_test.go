package language

import "testing"

func TestDeclaredLanguagesAreNamedAsIdentified(t *testing.T) {
	for tag, want := range map[string]string{
		"en": "en", "EN_us": "en", "en-GB": "en", "de-DE": "de", "nb-NO": "no", "no": "no", "nn": "nn",
		"zh": "zh", "zh-CN": "zh", "zh-Hans-TW": "zh", "zh-TW": "zh-Hant", "zh_HK": "zh-Hant", "zh-hant": "zh-Hant", "cmn-Hant": "zh-Hant", "yue": "zh-Hant",
		"sr": "sr", "sr-Latn-RS": "sr-Latn", "sr-Cyrl": "sr", "sh": "sr-Latn",
		"pt-br": "pt-BR", "pt-PT": "pt", "iw": "he", "in": "id", "mo": "ro", "fil-PH": "tl", "eng": "en", "es-419": "es",
		"fo": "fo", "en, fr": "en", "": "", "x-default": "", "und": "", "english": "", "12": "", "日本語": "", "mul": "",
	} {
		if got := Canonical(tag); got != want {
			t.Errorf("%q: %q, want %q", tag, got, want)
		}
		if got := Canonical(want); got != want {
			t.Errorf("%q isn't canonical: %q", want, got)
		}
	}
}

func TestALanguageCoversItsForms(t *testing.T) {
	for _, c := range []struct {
		wanted, have string
		want         bool
	}{
		{"zh", "zh-Hant", true}, {"zh-Hant", "zh", false}, {"zh-TW", "zh-Hant", true}, {"zh-CN", "zh", true},
		{"sr", "sr-Latn", true}, {"sr-Latn", "sr", false}, {"pt", "pt-BR", true}, {"pt-BR", "pt", false},
		{"nb", "no", true}, {"no", "nn", true}, {"nb", "nn", false}, {"nn", "no", false},
		{"en-US", "en", true}, {"en-US", "en-GB", false}, {"en", "en-GB", true}, {"no", "nb-NO", true}, {"zh-Hant", "zh-TW", true},
		{"EN", "en-GB", true}, {"en", "eng", true}, {"en", "eo", false}, {"", "en", false}, {"en", "", false},
	} {
		if got := Covers(c.wanted, c.have); got != c.want {
			t.Errorf("%q covers %q: %v", c.wanted, c.have, got)
		}
	}
}
