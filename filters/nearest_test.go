package filters

import "testing"

func TestNearestFindsWhatWasMeant(t *testing.T) {
	candidates := []string{"title", "text", "link", "host", "author", "category", "source", "tag", "words"}
	for word, want := range map[string]string{
		"titel": "title", "tilte": "title", "Title": "title", "titles": "title", "auhtor": "author", "tags": "tag", "word": "words",
		"catagory": "category", "horoscope": "", "": "", "x": "", "zzz": "",
	} {
		if got := Nearest(word, candidates); got != want {
			t.Errorf("%q: %q, want %q", word, got, want)
		}
	}
}

func TestTheTableOfFieldsIsWhole(t *testing.T) {
	seen := map[string]bool{}
	for _, f := range Fields() {
		if seen[f.Name] || f.About == "" || f.Kind == "" || f.compile == nil {
			t.Errorf("%+v", f)
		}
		seen[f.Name] = true
	}
}
