package web

import (
	"io"
	"net"
	"testing"
)

func TestNoAddressTakesAllConnections(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s := share(l, 2)
	accepted := make(chan net.Conn)
	go func() {
		for {
			conn, err := s.Accept()
			if err != nil {
				close(accepted)
				return
			}
			accepted <- conn
		}
	}()
	dial := func() net.Conn {
		t.Helper()
		conn, err := net.Dial("tcp", l.Addr().String())
		if err != nil {
			t.Fatal(err)
		}
		return conn
	}
	first, second := dial(), dial()
	one, two := <-accepted, <-accepted
	third := dial()
	if n, err := third.Read(make([]byte, 1)); n != 0 || err == nil {
		t.Errorf("one too many is let in: %d, %v", n, err)
	}
	for range 3 { // closing twice counts once
		_ = one.Close()
	}
	fourth := dial()
	four := <-accepted
	fifth := dial()
	if _, err := fifth.Read(make([]byte, 1)); err == nil || err == io.ErrNoProgress {
		t.Errorf("closing twice counts twice: %v", err)
	}
	for _, c := range []net.Conn{first, second, third, fourth, fifth, two, four} {
		_ = c.Close()
	}
	if len(s.open) != 0 {
		t.Errorf("%v are remembered", s.open)
	}
	if err := l.Close(); err != nil {
		t.Error(err)
	}
	<-accepted
}
