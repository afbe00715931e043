package config

import (
	"bytes"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"strings"

	"copydesk/feed"
)

// tlsDraft is a source's tls while it is read.
type tlsDraft struct {
	settings         feed.TLS
	certificate, key value
	insecure         value
}

// mostPEM is the size from which on a file can't be certificates: that of all
// that systems trust is a quarter of it.
const mostPEM = 1 << 20

var tlsVersions = map[string]uint16{"1.0": tls.VersionTLS10, "1.1": tls.VersionTLS11, "1.2": tls.VersionTLS12, "1.3": tls.VersionTLS13}

func tlsKeys() []key[tlsDraft] {
	return []key[tlsDraft]{
		{"ca", "certificates of the authorities that are trusted to know its host, in place of the system's: a PEM file or several, beside the configuration", eitherOf(formText, listOf(formText)), readCA},
		{"certificate", "the certificate that is shown to its host, with its chain: a PEM file, or the PEM itself", formText, func(r *reader, v value, d *tlsDraft) {
			d.certificate = v
			set(&d.settings.Certificate)(r.pem(v, "certificate"))
		}},
		{"key", "the certificate's private key: a PEM file, or the PEM itself, better as ${NAME}", formText, func(r *reader, v value, d *tlsDraft) {
			d.key = v
			set(&d.settings.Key)(r.pem(v, "key"))
		}},
		{"min_version", "the least TLS version that is spoken; without it 1.2", form{"enum": []any{"1.0", "1.1", "1.2", "1.3", 1.0, 1.1, 1.2, 1.3}}, func(r *reader, v value, d *tlsDraft) {
			if text, ok := r.choice(v, "1.0", "1.1", "1.2", "1.3"); ok {
				d.settings.MinVersion = tlsVersions[text]
			}
		}},
		{"server_name", "the name in its certificate, where that isn't the host of its url", formText, func(r *reader, v value, d *tlsDraft) {
			text, ok := r.text(v)
			if ok && (net.ParseIP(text) == nil && !isHost(text)) {
				r.wrong(v, v.shown()+" is not the name of a host", "write it like news.example.org, without scheme and port")
				return
			}
			set(&d.settings.ServerName)(text, ok)
		}},
		{"insecure", "DANGEROUS: take whoever answers for its host. Anybody on the way can read what it is sent, passwords too, and write what you publish. Name its certificate as ca instead", formBool, func(r *reader, v value, d *tlsDraft) {
			d.insecure = v
			set(&d.settings.Insecure)(r.boolean(v))
		}},
	}
}

func isHost(s string) bool {
	return s != "" && len(s) <= 253 && !strings.HasPrefix(s, ".") && !strings.Contains(s, "..") && !strings.ContainsFunc(s, func(c rune) bool {
		return c <= ' ' || c == 0x7f || strings.ContainsRune(`/\:@?#[]%"'<>*`, c)
	})
}

// readTLS reads a source's tls, and whether its parts fit each other.
func readTLS(r *reader, v value, s *sourceDraft) {
	d := &tlsDraft{}
	if !mapping(r, v, tlsKeys(), d) || r.told(v.path) {
		return
	}
	t := &d.settings
	switch {
	case t.Insecure && len(t.CA) > 0:
		r.wrong(d.insecure, "insecure trusts anybody, and ca only those it names", "take out insecure: what is signed by ca is trusted without it")
	case len(t.Certificate) > 0 && len(t.Key) == 0:
		r.wrong(d.certificate, "the certificate can't be shown without its key", "add key: FILE")
	case len(t.Key) > 0 && len(t.Certificate) == 0:
		r.wrong(d.key, "the key has no certificate", "add certificate: FILE")
	case len(t.Certificate) > 0:
		if _, err := tls.X509KeyPair(t.Certificate, t.Key); err != nil && strings.Contains(err.Error(), "does not match") {
			r.wrong(d.key, "the key is not the certificate's", "name the key that the certificate was made for")
		} else if err != nil {
			r.wrong(d.key, "the key can't be used with the certificate", "take an RSA, ECDSA or Ed25519 key, as openssl pkey writes it")
		}
	}
	if len(t.CA)+len(t.Certificate)+len(t.Key)+len(t.ServerName)+int(t.MinVersion) > 0 || t.Insecure {
		s.source.TLS, s.tls = t, v
	}
}

// checkTLS looks whether there is TLS at all where it has settings.
func (s *sourceDraft) checkTLS(r *reader) {
	if s.source.TLS != nil && strings.HasPrefix(strings.ToLower(s.source.URL), "http:") {
		r.wrong(s.tls, "the source's url is not https", "write its url with https://, or take out tls")
	}
}

func readCA(r *reader, v value, d *tlsDraft) {
	read := func(item value) {
		if data, ok := r.pem(item, "certificate"); ok {
			d.settings.CA = append(append(d.settings.CA, data...), '\n')
		}
	}
	if v.node.Kind == listKind {
		r.list(v, read)
		return
	}
	read(v)
}

const beginsPEM = "-----BEGIN "

// pem reads PEM from the file that a value names, or from the value itself,
// and checks that it holds what is wanted: certificates or a key.
func (r *reader) pem(v value, want string) ([]byte, bool) {
	text, ok := r.scalar(v, "name a PEM file")
	if !ok {
		return nil, false
	}
	data, from := []byte(text), "it"
	if !strings.HasPrefix(strings.TrimSpace(text), beginsPEM) {
		from = v.shown()
		if data, ok = r.content(v, text); !ok {
			return nil, false
		}
	}
	if wrong, right := faultOfPEM(data, want); wrong != "" {
		r.wrong(v, from+" "+wrong, right)
		return nil, false
	}
	return data, true
}

// content reads a small file; its name is relative to the configuration's folder.
func (r *reader) content(v value, name string) ([]byte, bool) {
	path := name
	if !filepath.IsAbs(path) {
		path = filepath.Join(filepath.Dir(r.file), name)
	}
	data, err := readFile(path)
	switch {
	case err == nil:
		return data, true
	case errors.Is(err, fs.ErrNotExist):
		r.wrong(v, "there is no file "+v.shown(), "name a PEM file that is there; the folder is that of the configuration")
	case errors.Is(err, fs.ErrPermission):
		r.wrong(v, v.shown()+" may not be read", "let the user that copydesk runs as read it")
	default:
		r.wrong(v, v.shown()+" is not a PEM file", "name a file with certificates or a key in PEM, which begins with "+beginsPEM+"…")
	}
	return nil, false
}

var errNoPEM = errors.New("not a PEM file")

func readFile(path string) ([]byte, error) {
	info, err := os.Stat(path) // a pipe would keep us waiting
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() || info.Size() > mostPEM {
		return nil, errNoPEM
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	data, err := io.ReadAll(io.LimitReader(f, mostPEM))
	return data, errors.Join(err, f.Close())
}

// faultOfPEM says what is wrong with PEM that should hold certificates, or a key.
func faultOfPEM(data []byte, want string) (wrong, right string) {
	certificates, keys := 0, 0
	for rest := data; ; {
		var block *pem.Block
		if block, rest = pem.Decode(rest); block == nil {
			break
		}
		switch {
		case block.Type == "CERTIFICATE":
			if _, err := x509.ParseCertificate(block.Bytes); err != nil {
				return "holds a certificate that can't be read", "make it anew; the first lines of openssl x509 -in FILE -text say what is wrong"
			}
			certificates++
		case block.Type == "ENCRYPTED PRIVATE KEY" || block.Headers["DEK-Info"] != "":
			return "holds a key that is locked with a password", "unlock it: openssl pkey -in FILE -out NEW"
		case strings.HasSuffix(block.Type, "PRIVATE KEY"):
			keys++
		}
	}
	switch {
	case want == "certificate" && certificates > 0, want == "key" && keys > 0:
		return "", ""
	case want == "certificate" && keys > 0:
		return "holds a key, no certificate", "name the file with the certificate"
	case want == "key" && certificates > 0:
		return "holds a certificate, no key", "name the file with the key"
	case bytes.Contains(data, []byte(beginsPEM)):
		return fmt.Sprintf("holds no whole %s", want), "it runs from " + beginsPEM + "… to -----END …, with nothing left out"
	}
	return fmt.Sprintf("holds no %s in PEM", want), "PEM begins with " + beginsPEM + "…; openssl x509 -inform der -in FILE makes it of DER"
}
