package main

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"time"

	"demarche"
	"demarche/meter"
	"demarche/reader"
)

// meterFlags say where a running program is measured.
type meterFlags struct {
	Metrics string `placeholder:"ADDRESS" help:"Serve /metrics for Prometheus, /healthz and /readyz there, such as 127.0.0.1:9464; counts alone, to whoever asks."`
}

// meter makes the meter of a record and serves it, where that is asked for, until
// the function that it gives is called.
func (f *meterFlags) meter(a *app, d *demarche.Desk) (*meter.Meter, func(), error) {
	m := meter.New(d, version().Version, reader.Version, time.Now)
	if f.Metrics == "" {
		return m, func() {}, nil
	}
	listener, err := net.Listen("tcp", f.Metrics)
	if err != nil {
		return nil, nil, &demarche.Error{Kind: demarche.Usage, Err: fmt.Errorf("--metrics: cannot listen on %s: %w", f.Metrics, err)}
	}
	a.note("metrics are served at http://%s/metrics", listener.Addr())
	s := &http.Server{Handler: m.Handler(), ReadTimeout: 10 * time.Second, WriteTimeout: 30 * time.Second, MaxHeaderBytes: 16 << 10}
	go s.Serve(listener)
	return m, func() {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(a.ctx), time.Second)
		defer cancel()
		if s.Shutdown(ctx) != nil {
			s.Close()
		}
	}, nil
}
