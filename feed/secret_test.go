package feed

import "testing"

func TestPublicAddressesHoldNoSecret(t *testing.T) {
	secrets := []string{"s3cret/word", "ab", "hidden.example"}
	for address, want := range map[string]string{
		"https://a.example/feed.xml": "https://a.example/feed.xml",
		"https://a.example/f#part":   "https://a.example/f#part", "https://user:word@a.example/feed.xml#part": "https://a.example/feed.xml",
		"https://a.example/f?b=2&a=%20x&API_Key=1&page=3":               "https://a.example/f?b=2&a=%20x&page=3",
		"https://a.example/f?access-token=1":                            "https://a.example/f",
		"https://a.example/f?author=smith&keyword=x&tag=ab":             "https://a.example/f?author=smith&keyword=x&tag=ab",
		"https://a.example/f?authorToken=1&sig=2&rsskey=3&x%74oken=4&q": "https://a.example/f?q",
		"https://a.example/f?q=s3cret%2Fword&r=1":                       "https://a.example/f",
		"https://a.example/private/s3cret%2Fword/rss?x=1":               "https://a.example/",
		"https://a.example/private/s3cret/word/rss":                     "https://a.example/",
		"https://x.hidden.example/rss":                                  "",
		"tag:a.example,2026:1":                                          "tag:a.example,2026:1",
		"https://a.example/%zz":                                         "",
		"":                                                              "",
	} {
		if got := PublicAddress(address, secrets...); got != want {
			t.Errorf("%s: %q, not %q", address, got, want)
		}
	}
}

func TestPublicTextsHoldNoSecret(t *testing.T) {
	got := PublicText(`Get "https://me:word@a.example/f?token=abc&x=1": refused cookie=open-sesame; news of abc`, "open-sesame", "news")
	if want := `Get "https://a.example/f?x=1": refused cookie=…; news of abc`; got != want {
		t.Errorf("%q, not %q", got, want)
	}
}

func TestADiscreetOriginIsStillOne(t *testing.T) {
	const ours = "https://feeds.example/#wire"
	for _, c := range []struct{ was, want Origin }{
		{Origin{ID: "urn:x", Title: "t", Link: "https://a.example/", Self: "https://a.example/f?token=1"}, Origin{ID: "urn:x", Title: "t", Link: "https://a.example/", Self: "https://a.example/f"}},
		{Origin{ID: "https://hidden.example/f", Self: "https://hidden.example/f"}, Origin{ID: ours, Self: ours}},
		{Origin{ID: "%zz", Self: "%zz", Link: "https://a.example/"}, Origin{ID: "https://a.example/", Self: "https://a.example/", Link: "https://a.example/"}},
		{Origin{}, Origin{ID: ours, Self: ours}},
	} {
		if got := c.was.Discreet(ours, "hidden"); got != c.want {
			t.Errorf("%+v: %+v, not %+v", c.was, got, c.want)
		}
	}
}
