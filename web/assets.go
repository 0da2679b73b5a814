package web

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"time"
)

// assets are the static files. Their addresses carry a hash of the content, so
// that a browser keeps a file until it changes.
type assets struct {
	files map[string][]byte // by name with hash
	names map[string]string // name without hash to address
}

func loadAssets() (assets, error) {
	a := assets{files: map[string][]byte{}, names: map[string]string{}}
	err := fs.WalkDir(staticFiles, "static", func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := staticFiles.ReadFile(p)
		if err != nil {
			return err
		}
		sum := sha256.Sum256(data)
		ext := path.Ext(p)
		base := path.Base(p)
		hashed := base[:len(base)-len(ext)] + "." + hex.EncodeToString(sum[:6]) + ext
		a.files[hashed] = data
		a.names[base] = "/static/" + hashed
		return nil
	})
	return a, err
}

func (s *Server) static(w http.ResponseWriter, r *http.Request) {
	name := r.PathValue("file")
	data, ok := s.assets.files[name]
	if !ok {
		http.NotFound(w, r)
		return
	}
	w.Header().Set("Content-Type", mime.TypeByExtension(path.Ext(name)))
	w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(data))
}
