package web

import (
	"net"
	"net/netip"
	"sync"
)

// shared is a listener that lets no single address have all connections: who
// opens more is cut off, so that others get theirs.
type shared struct {
	net.Listener
	most int

	mu   sync.Mutex
	open map[netip.Addr]int
}

func share(l net.Listener, most int) *shared {
	return &shared{Listener: l, most: most, open: map[netip.Addr]int{}}
}

// Accept answers the next connection of an address that may have one more.
func (s *shared) Accept() (net.Conn, error) {
	for {
		conn, err := s.Listener.Accept()
		if err != nil {
			return nil, err
		}
		at, err := netip.ParseAddrPort(conn.RemoteAddr().String())
		if err != nil { // not of a network
			return conn, nil
		}
		from := at.Addr().Unmap().WithZone("")
		if s.take(from) {
			return &counted{Conn: conn, done: sync.OnceFunc(func() { s.give(from) })}, nil
		}
		_ = conn.Close() // nobody is owed an answer there
	}
}

func (s *shared) take(from netip.Addr) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.open[from] >= s.most {
		return false
	}
	s.open[from]++
	return true
}

func (s *shared) give(from netip.Addr) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.open[from]--; s.open[from] <= 0 {
		delete(s.open, from)
	}
}

// counted is a connection that is counted until it is closed.
type counted struct {
	net.Conn
	done func()
}

func (c *counted) Close() error {
	c.done()
	return c.Conn.Close()
}
