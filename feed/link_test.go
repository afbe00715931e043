package feed

import (
	"strings"
	"testing"
)

func TestStripTrackingTakesOnlyWhatTracks(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"https://news.test/a?utm_source=rss&utm_medium=feed", "https://news.test/a"},
		{"https://news.test/a?id=7&UTM_Source=rss#part", "https://news.test/a?id=7#part"},
		{"https://news.test/a?utm_source=rss&id=7&fbclid=x&page=2", "https://news.test/a?id=7&page=2"},
		{"https://news.test/a?x=1&amp;utm_source=rss&amp;y=2", "https://news.test/a?x=1&amp;y=2"},
		{"https://news.test/a?utm_source=rss&amp;y=2", "https://news.test/a?y=2"},
		{"https://news.test/a#xtor=RSS-1", "https://news.test/a"},
		{"https://news.test/a?b=1#utm_source=x&utm_medium=y", "https://news.test/a?b=1"},
		{"https://news.test/a?ref=rss", "https://news.test/a"},
		{"https://youtu.be/AbCdEfGhIjK?si=qqq&t=95", "https://youtu.be/AbCdEfGhIjK?t=95"},
		{"https://m.youtube.com/watch?v=AbCdEfGhIjK&feature=share&list=PL1", "https://m.youtube.com/watch?v=AbCdEfGhIjK&list=PL1"},
		{"/relative?gclid=1&q=x", "/relative?q=x"},
		{"?yclid=1", ""},
		{"https://news.test/a?hsLang=en&utm_medium=json", "https://news.test/a"},
		{"https://news.test/a?level=2&s_cid=pr_4", "https://news.test/a?level=2"},
		{"https://news.test/a?ScCid=1&cm_mmc=a-_-b&spMailingID=7&hmsr=x&_bhlid=9", "https://news.test/a"},
		{"//host.test/a?wt_mc=rss.red", "//host.test/a"},
		{"mailto:a@b.test?subject=utm_source=1", "mailto:a@b.test?subject=utm_source=1"},
	} {
		if got := StripTracking(c.in); got != c.want {
			t.Errorf("StripTracking(%q) = %q, want %q", c.in, got, c.want)
		}
	}
}

func TestStripTrackingKeepsWhatSelects(t *testing.T) {
	for _, address := range []string{
		"", "#", "?", "https://a.test", "https://a.test/?", "https://a.test/#", "https://a.test/?#", "https://a.test/?&&",
		"https://a.test/?p=4811", "https://a.test/?id=1&v=2&page=3&q=x&list=PL&t=12&source=gauge-7&ref=release-7.0&lang=en",
		"https://a.test/watch?v=utm_source", "https://a.test/utm_source=1", "https://a.test/?q=utm_source%3Drss",
		"https://a.test/?feed=rss2", "https://a.test/?format=rss", "https://a.test/?s=20&t=abc", "https://a.test/?si=units",
		"https://a.test/a#utm_source-of-truth", "https://a.test/a#section=2&utm_source=x", "https://a.test/?campaign=spring",
		"https://a.test/?b=2&a=1&&c=%e4%B8", "https://a.test/?https://b.test/?utm_source=x", "https://a.test/?cid=9&tid=4&mod=viewthread",
		"https://a.test/?sid=4&eid=7&cm=3&rid=2&sc=list",
	} {
		if got := StripTracking(address); got != address {
			t.Errorf("StripTracking(%q) = %q", address, got)
		}
	}
}

func TestCanonicalLinkIsTheSameForTheSamePage(t *testing.T) {
	for _, group := range [][]string{
		{"https://www.news.test/a/b/", "http://news.test/a/b", "HTTPS://NEWS.test:443/a/b?utm_source=x", "https://m.news.test/a/b#top",
			"https://news.test/a/b/amp/", "https://news.test/a/b?amp=1", " https://news.test/a/b/index.html\n", "https://news.test/a/./b"},
		{"https://news.test/?b=2&a=1", "https://news.test?a=1&b=2&fbclid=3", "https://news.test/index.php?a=1&b=2"},
		{"https://news.test/caf%C3%A9", "https://news.test/café", "https://news.test/caf%c3%a9"},
		{"https://youtu.be/AbCdEfGhIjK?t=3", "https://www.youtube.com/watch?v=AbCdEfGhIjK&list=x", "https://youtube.com/shorts/AbCdEfGhIjK",
			"https://www.youtube-nocookie.com/embed/AbCdEfGhIjK"},
	} {
		for _, address := range group[1:] {
			if a, b := CanonicalLink(group[0]), CanonicalLink(address); a != b {
				t.Errorf("%q is %q, %q is %q", group[0], a, address, b)
			}
		}
	}
}

func TestCanonicalLinkKeepsPagesApart(t *testing.T) {
	seen := map[string]string{}
	for _, address := range []string{
		"https://news.test/a", "https://news.test/A", "https://news.test/a?p=1", "https://news.test/a?p=2", "https://other.test/a",
		"https://news.test:8080/a", "https://news.test/#!/a", "https://news.test/", "https://blog.news.test/a", "https://m.test/a",
		"tag:news.test,2020:a", "https://youtu.be/AbCdEfGhIjK", "https://youtu.be/AbCdEfGhIjk", "/a", "",
	} {
		c := CanonicalLink(address)
		if before, known := seen[c]; known {
			t.Errorf("%q and %q are both %q", before, address, c)
		}
		seen[c] = address
	}
}

func FuzzLinks(f *testing.F) {
	f.Add("https://a.test/x?utm_source=1&b=2#c")
	f.Add("//a.test/?&amp;fbclid=1&amp;&#xtor=1")
	f.Fuzz(func(t *testing.T, address string) {
		once := StripTracking(address)
		if twice := StripTracking(once); twice != once {
			t.Errorf("%q: stripped %q, stripped again %q", address, once, twice)
		}
		if len(once) > len(address) {
			t.Errorf("%q grew to %q", address, once)
		}
		if c := CanonicalLink(address); strings.TrimSpace(c) != c {
			t.Errorf("%q: canonical %q has white space around it", address, c)
		}
	})
}
