package feed

import "testing"

func TestASourceIsNamedByItsFeed(t *testing.T) {
	for _, c := range []struct {
		state           SourceState
		id, self, title string
	}{
		{SourceState{Name: "pier", URL: "https://pier.example/feed"}, "https://pier.example/feed", "https://pier.example/feed", "pier"},
		{SourceState{Name: "pier", URL: "https://pier.example/", Page: true, Feed: "https://pier.example/feed"}, "https://pier.example/feed", "https://pier.example/feed", "pier"},
		{SourceState{Name: "pier", URL: "https://pier.example/", Feed: "https://pier.example/feed", Self: "https://pier.example/own", FeedID: "urn:pier", Title: "Pier News"}, "urn:pier", "https://pier.example/own", "Pier News"},
	} {
		if o := c.state.Origin(); o.ID != c.id || o.Self != c.self || o.Title != c.title {
			t.Errorf("%+v: %+v", c.state, o)
		}
	}
}
