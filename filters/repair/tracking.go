package repair

import "copydesk/feed"

// tracking takes the parameters off addresses that only tell who sent the
// reader.
func (p *page) tracking() {
	p.eachAddress(func(address string, _ kind) string { return feed.StripTracking(address) })
}
