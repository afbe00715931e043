package fetch

import (
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"encoding/binary"
	"errors"
	"fmt"

	"copydesk/feed"
)

// tlsKey tells TLS settings apart; zero: none of a source's own.
type tlsKey [sha256.Size]byte

func keyOf(own *feed.TLS) (key tlsKey) {
	h := sha256.New()
	for _, part := range [][]byte{own.CA, own.Certificate, own.Key, []byte(own.ServerName)} {
		var size [8]byte
		binary.BigEndian.PutUint64(size[:], uint64(len(part)))
		h.Write(size[:])
		h.Write(part)
	}
	insecure := byte(0)
	if own.Insecure {
		insecure = 1
	}
	h.Write([]byte{byte(own.MinVersion >> 8), byte(own.MinVersion), insecure})
	h.Sum(key[:0])
	return key
}

// settingsOf are the settings of everybody with those of a source's own.
func settingsOf(own *feed.TLS, all *tls.Config) (*tls.Config, error) {
	settings := &tls.Config{}
	if all != nil {
		settings = all.Clone()
	}
	if own == nil {
		return settings, nil
	}
	if len(own.CA) > 0 {
		settings.RootCAs = x509.NewCertPool()
		if !settings.RootCAs.AppendCertsFromPEM(own.CA) {
			return nil, errors.New("the certificates of the source's tls.ca can't be read")
		}
	}
	if len(own.Certificate) > 0 {
		pair, err := tls.X509KeyPair(own.Certificate, own.Key)
		if err != nil {
			return nil, fmt.Errorf("the source's tls.certificate and tls.key can't be used: %w", err)
		}
		// It was given for this host: it is shown whatever authorities the
		// host says that it knows.
		settings.GetClientCertificate = func(*tls.CertificateRequestInfo) (*tls.Certificate, error) { return &pair, nil }
	}
	if own.MinVersion != 0 {
		settings.MinVersion = own.MinVersion
	}
	if own.ServerName != "" {
		settings.ServerName = own.ServerName
	}
	settings.InsecureSkipVerify = own.Insecure
	return settings, nil
}
