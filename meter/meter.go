// Package meter tells machines how a running demarche does: metrics in the format
// of Prometheus, and whether it is alive and ready. It tells counts and times
// alone, no text of a document and no name.
package meter

import (
	"context"
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"demarche/store"
)

// Record is what is asked for its counts; a desk is one.
type Record interface {
	Stats(context.Context) (store.Stats, error)
}

// Meter counts. Its methods may be called from several goroutines.
type Meter struct {
	record   Record
	now      func() time.Time
	registry *prometheus.Registry

	requests *prometheus.CounterVec
	seconds  *prometheus.HistogramVec
	inFlight prometheus.Gauge

	rounds                 *prometheus.CounterVec
	sourced, failed        *prometheus.CounterVec
	documents, claims      prometheus.Counter
	lastRound, roundLasted prometheus.Gauge
}

// patience is how long the record is waited for.
const patience = 3 * time.Second

// New makes a meter of a record, for this version of the program and of its
// reader; now is the clock by which requests are timed.
func New(record Record, version, reader string, now func() time.Time) *Meter {
	m := &Meter{record: record, now: now, registry: prometheus.NewRegistry(),
		requests: prometheus.NewCounterVec(prometheus.CounterOpts{Name: "demarche_http_requests_total", Help: "Requests answered."}, []string{"surface", "method", "code"}),
		seconds: prometheus.NewHistogramVec(prometheus.HistogramOpts{Name: "demarche_http_request_seconds", Help: "How long requests took.",
			Buckets: []float64{.005, .02, .05, .1, .25, .5, 1, 2.5, 5, 10, 30}}, []string{"surface"}),
		inFlight:    prometheus.NewGauge(prometheus.GaugeOpts{Name: "demarche_http_requests_in_flight", Help: "Requests being answered."}),
		rounds:      prometheus.NewCounterVec(prometheus.CounterOpts{Name: "demarche_watch_rounds_total", Help: "Rounds of the sources, by outcome."}, []string{"outcome"}),
		sourced:     prometheus.NewCounterVec(prometheus.CounterOpts{Name: "demarche_watch_documents_total", Help: "Documents that sources brought, by kind of source."}, []string{"kind"}),
		failed:      prometheus.NewCounterVec(prometheus.CounterOpts{Name: "demarche_watch_failures_total", Help: "Sources and documents that could not be read, by kind of source."}, []string{"kind"}),
		documents:   prometheus.NewCounter(prometheus.CounterOpts{Name: "demarche_watch_new_documents_total", Help: "Documents that were new on record."}),
		claims:      prometheus.NewCounter(prometheus.CounterOpts{Name: "demarche_watch_new_claims_total", Help: "Claims that were new on record."}),
		lastRound:   prometheus.NewGauge(prometheus.GaugeOpts{Name: "demarche_watch_last_round_timestamp_seconds", Help: "When the last round was recorded."}),
		roundLasted: prometheus.NewGauge(prometheus.GaugeOpts{Name: "demarche_watch_last_round_seconds", Help: "How long the last round took."}),
	}
	build := prometheus.NewGauge(prometheus.GaugeOpts{Name: "demarche_build_info", Help: "The versions that run.", ConstLabels: prometheus.Labels{"version": version, "reader": reader}})
	build.Set(1)
	m.registry.MustRegister(m.requests, m.seconds, m.inFlight, m.rounds, m.sourced, m.failed, m.documents, m.claims, m.lastRound, m.roundLasted, build,
		counts{record}, collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return m
}

// Handler serves /metrics; /healthz, which answers as long as the program runs;
// and /readyz, which answers 503 while the record cannot be asked.
func (m *Meter) Handler() http.Handler {
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{Timeout: 2 * patience, MaxRequestsInFlight: 4}))
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { say(w, http.StatusOK, "ok") })
	mux.HandleFunc("GET /readyz", func(w http.ResponseWriter, r *http.Request) {
		ctx, cancel := context.WithTimeout(r.Context(), patience)
		defer cancel()
		if _, err := m.record.Stats(ctx); err != nil {
			say(w, http.StatusServiceUnavailable, "the record cannot be asked")
			return
		}
		say(w, http.StatusOK, "ready")
	})
	return mux
}

func say(w http.ResponseWriter, code int, what string) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(code)
	io.WriteString(w, what+"\n")
}

// counts asks the record when it is asked itself.
type counts struct{ record Record }

var (
	documentsOnRecord = prometheus.NewDesc("demarche_record_documents", "Documents on record.", nil, nil)
	claimsOnRecord    = prometheus.NewDesc("demarche_record_claims", "Claims on record.", nil, nil)
	decisionsOnRecord = prometheus.NewDesc("demarche_record_decisions", "Decisions on record.", nil, nil)
	recordUp          = prometheus.NewDesc("demarche_record_up", "Whether the record can be asked.", nil, nil)
)

// Describe implements prometheus.Collector.
func (counts) Describe(to chan<- *prometheus.Desc) {
	for _, d := range []*prometheus.Desc{documentsOnRecord, claimsOnRecord, decisionsOnRecord, recordUp} {
		to <- d
	}
}

// Collect implements prometheus.Collector.
func (c counts) Collect(to chan<- prometheus.Metric) {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	gauge := func(d *prometheus.Desc, n int) {
		to <- prometheus.MustNewConstMetric(d, prometheus.GaugeValue, float64(n))
	}
	st, err := c.record.Stats(ctx)
	if err != nil {
		gauge(recordUp, 0)
		return
	}
	gauge(recordUp, 1)
	gauge(documentsOnRecord, st.Documents)
	gauge(claimsOnRecord, st.Claims)
	gauge(decisionsOnRecord, st.Decisions)
}

// Count counts the requests that a handler answers. What it tells of a request is
// bounded: the surface by the beginning of its path, the method, the code.
func (m *Meter) Count(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		m.inFlight.Inc()
		began := m.now()
		seen := &seen{ResponseWriter: w, code: http.StatusOK}
		defer func() {
			m.inFlight.Dec()
			on := surface(r.URL.Path)
			m.seconds.WithLabelValues(on).Observe(m.now().Sub(began).Seconds())
			m.requests.WithLabelValues(on, method(r.Method), strconv.Itoa(seen.code)).Inc()
		}()
		next.ServeHTTP(seen, r)
	})
}

func surface(path string) string {
	first, _, _ := strings.Cut(strings.TrimPrefix(path, "/"), "/")
	switch first {
	case "v1":
		return "api"
	case "mcp", "feeds", "static":
		return first
	}
	return "pages"
}

func method(s string) string {
	switch s {
	case http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut, http.MethodDelete, http.MethodPatch, http.MethodOptions:
		return s
	}
	return "other"
}

// seen is an answer whose code is seen.
type seen struct {
	http.ResponseWriter
	code  int
	wrote bool
}

// WriteHeader implements http.ResponseWriter.
func (s *seen) WriteHeader(code int) {
	if !s.wrote {
		s.code, s.wrote = code, code >= 200
	}
	s.ResponseWriter.WriteHeader(code)
}

// Write implements http.ResponseWriter.
func (s *seen) Write(b []byte) (int, error) {
	s.wrote = true
	return s.ResponseWriter.Write(b)
}

// Unwrap lets http.ResponseController reach the answer beneath.
func (s *seen) Unwrap() http.ResponseWriter { return s.ResponseWriter }

// Flush passes what was written on, for streams.
func (s *seen) Flush() {
	if f, ok := s.ResponseWriter.(http.Flusher); ok {
		s.wrote = true
		f.Flush()
	}
}

// Source counts what a source brought in a round.
func (m *Meter) Source(kind string, documents, failed int) {
	m.sourced.WithLabelValues(kind).Add(float64(documents))
	m.failed.WithLabelValues(kind).Add(float64(failed))
}

// Round counts a round of the sources that began at a time: recorded with what
// was new or, with err, not recorded.
func (m *Meter) Round(began, ended time.Time, added store.Added, err error) {
	if err != nil {
		m.rounds.WithLabelValues("failed").Inc()
		return
	}
	m.rounds.WithLabelValues("recorded").Inc()
	m.documents.Add(float64(added.Documents))
	m.claims.Add(float64(added.Claims))
	m.lastRound.Set(float64(ended.UnixMilli()) / 1000)
	m.roundLasted.Set(ended.Sub(began).Seconds())
}
