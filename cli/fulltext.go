package cli

import (
	"context"
	"errors"
	"runtime"
	"strings"

	"copydesk/feed"
	"copydesk/feed/article"
	"copydesk/feed/fetch"
	"copydesk/feed/poll"
)

// articles gets articles from their pages, and takes them out of as many at a
// time as there are processors: a page costs many times its own memory.
func articles(client *fetch.Client) poll.Article {
	reading := make(chan struct{}, runtime.GOMAXPROCS(0))
	return func(ctx context.Context, s feed.Source, e *feed.Entry) (*feed.Page, error) {
		address := strings.TrimSpace(e.Link("alternate"))
		if address == "" && e.Permalink {
			address = strings.TrimSpace(e.ID)
		}
		if address == "" {
			return nil, errors.New("the entry has no link")
		}
		got, err := client.Page(ctx, s, address)
		if err != nil {
			return nil, err
		}
		if got.Cut {
			return nil, &feed.FetchError{Status: got.Status, Err: errors.New("the page broke off before its end")}
		}
		reading <- struct{}{}
		defer func() { <-reading }()
		return article.Extract(got.Body, got.Header, got.URL, s.Article, e)
	}
}
