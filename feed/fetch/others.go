package fetch

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"sync"
)

// HTTP is a client with the same manners and guard for whatever else copydesk
// asks of other hosts, such as hubs. It waits for budgets, keeps no
// cookies and sends no referrers; reading more than polling.max_size of a
// body is an error. A body that isn't closed keeps its place among the
// requests in flight.
func (c *Client) HTTP() *http.Client {
	return &http.Client{
		Transport: guarded{c},
		CheckRedirect: func(r *http.Request, via []*http.Request) error {
			if len(via) > maxHops {
				return fmt.Errorf("more than %d redirects", maxHops)
			}
			return askable(r.URL)
		},
	}
}

// guarded is a Client as a RoundTripper.
type guarded struct{ *Client }

func (g guarded) RoundTrip(r *http.Request) (*http.Response, error) {
	if err := askable(r.URL); err != nil {
		return nil, err
	}
	leave, err := g.enter(r.Context(), r.URL.Hostname())
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeoutCause(r.Context(), g.polling.Timeout, errTooSlow)
	done := sync.OnceFunc(func() { cancel(); leave() })
	r = r.Clone(ctx)
	r.Header.Del("Referer")
	if r.Header.Get("User-Agent") == "" {
		r.Header.Set("User-Agent", g.userAgent)
	}
	response, err := g.transport.roundTrip(r, nil)
	if err != nil {
		err = cause(ctx, err)
		done()
		return nil, err
	}
	response.Body = &boundBody{bounded: bounded{r: response.Body, left: g.polling.MaxSize, limit: g.polling.MaxSize}, body: response.Body, done: done}
	return response, nil
}

// boundBody is a body that ends with an error where it gets too large.
type boundBody struct {
	bounded
	body io.Closer
	done func()
}

func (b *boundBody) Close() error {
	defer b.done()
	return b.body.Close()
}
