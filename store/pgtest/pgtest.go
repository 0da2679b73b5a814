// Package pgtest starts a PostgreSQL server of its own for tests, where its
// binaries are installed.
package pgtest

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
)

// Server is a PostgreSQL server in a folder that is thrown away. It listens on a
// socket in that folder alone.
type Server struct {
	tb       testing.TB
	dir, bin string
	as       *syscall.Credential // PostgreSQL does not run as root
	process  *exec.Cmd
	bases    atomic.Int64
}

// Start starts a server for a test, or skips it where PostgreSQL is not installed.
func Start(tb testing.TB) *Server {
	tb.Helper()
	s := folder(tb)
	s.run("initdb", "-D", s.data(), "-U", "demarche", "-A", "trust", "-E", "UTF8", "--locale=C", "-N")
	s.Restart()
	return s
}

// folder is a server that has nothing yet but a folder.
func folder(tb testing.TB) *Server {
	tb.Helper()
	bin := binaries()
	if bin == "" {
		tb.Skip("no PostgreSQL here (initdb): apt-get install postgresql")
	}
	// The path of a socket is short: the folder is not the test's own.
	dir, err := os.MkdirTemp("/tmp", "pg")
	if err != nil {
		tb.Fatal(err)
	}
	s := &Server{tb: tb, dir: dir, bin: bin}
	tb.Cleanup(func() { s.Kill(); os.RemoveAll(dir) })
	if os.Getuid() == 0 {
		s.as = nobody(tb)
		if err := os.Chown(dir, int(s.as.Uid), int(s.as.Gid)); err != nil {
			tb.Fatal(err)
		}
	}
	return s
}

// Replica starts a server that follows this one: what is committed here from now
// on is there too before it is said to be.
func (s *Server) Replica() *Server {
	s.tb.Helper()
	r := folder(s.tb)
	r.run("pg_basebackup", "-h", s.dir, "-U", "demarche", "-D", r.data(), "-R", "-X", "stream", "-c", "fast")
	r.Restart()
	s.Exec("ALTER SYSTEM SET synchronous_standby_names = '*'")
	s.Exec("SELECT pg_reload_conf()")
	return r
}

// Promote makes a replica a primary.
func (s *Server) Promote() {
	s.tb.Helper()
	s.run("pg_ctl", "promote", "-w", "-D", s.data())
}

// Exec executes a statement in the database postgres.
func (s *Server) Exec(statement string) {
	s.tb.Helper()
	conn, err := pgx.Connect(context.Background(), s.Address("postgres"))
	if err != nil {
		s.tb.Fatal(err)
	}
	defer conn.Close(context.Background())
	if _, err := conn.Exec(context.Background(), statement); err != nil {
		s.tb.Fatal(err)
	}
}

func (s *Server) run(name string, args ...string) {
	s.tb.Helper()
	if out, err := s.command(name, args...).CombinedOutput(); err != nil {
		s.tb.Fatalf("%s: %v\n%s", name, err, out)
	}
}

// binaries is the folder that has PostgreSQL's, "" where none has.
func binaries() string {
	if path, err := exec.LookPath("initdb"); err == nil {
		if path, err = filepath.EvalSymlinks(path); err == nil {
			return filepath.Dir(path)
		}
	}
	found, _ := filepath.Glob("/usr/lib/postgresql/*/bin/initdb")
	if len(found) == 0 {
		return ""
	}
	return filepath.Dir(found[len(found)-1])
}

func nobody(tb testing.TB) *syscall.Credential {
	tb.Helper()
	for _, name := range []string{"postgres", "nobody"} {
		u, err := user.Lookup(name)
		if err != nil {
			continue
		}
		uid, _ := strconv.Atoi(u.Uid)
		gid, _ := strconv.Atoi(u.Gid)
		return &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}
	}
	tb.Skip("PostgreSQL does not run as root, and there is no user postgres or nobody")
	return nil
}

func (s *Server) data() string { return filepath.Join(s.dir, "data") }

func (s *Server) command(name string, args ...string) *exec.Cmd {
	cmd := exec.Command(filepath.Join(s.bin, name), args...)
	cmd.Dir = s.dir
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: s.as, Pdeathsig: syscall.SIGKILL}
	return cmd
}

// Address is that of a database of the server.
func (s *Server) Address(database string) string {
	return fmt.Sprintf("postgres://demarche@/%s?host=%s", database, s.dir)
}

// Either is the address of a database of a server, as Address gives it, with the
// server that takes its place: whichever of the two takes writing.
func Either(address string, other *Server) string {
	return address + "," + other.dir + "&target_session_attrs=read-write"
}

// Restart starts the server, after a Kill or for the first time, and waits until
// it answers.
func (s *Server) Restart() {
	s.tb.Helper()
	s.process = s.command("postgres", "-D", s.data(), "-k", s.dir, "-c", "listen_addresses=", "-c", "max_connections=60", "-c", "shared_buffers=32MB")
	log, err := os.OpenFile(filepath.Join(s.dir, "log"), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o644)
	if err != nil {
		s.tb.Fatal(err)
	}
	defer log.Close()
	s.process.Stdout, s.process.Stderr = log, log
	if err := s.process.Start(); err != nil {
		s.tb.Fatal(err)
	}
	const patience, pause = 60 * time.Second, 50 * time.Millisecond
	for end := time.Now().Add(patience); ; time.Sleep(pause) {
		conn, err := pgx.Connect(context.Background(), s.Address("postgres"))
		if err == nil {
			conn.Close(context.Background())
			return
		}
		if time.Now().After(end) {
			text, _ := os.ReadFile(filepath.Join(s.dir, "log"))
			s.tb.Fatalf("PostgreSQL does not answer: %v\n%s", err, text)
		}
	}
}

// Kill kills the server with no chance to tidy up; its children go with it. It
// waits until they are gone.
func (s *Server) Kill() {
	if s.process == nil || s.process.Process == nil {
		return
	}
	pid := s.process.Process.Pid
	children, _ := os.ReadFile(fmt.Sprintf("/proc/%d/task/%d/children", pid, pid))
	s.process.Process.Kill()
	s.process.Wait()
	s.process = nil
	os.Remove(filepath.Join(s.data(), "postmaster.pid"))
	// Its children look for it every so often and hold the shared memory until then.
	time.Sleep(300 * time.Millisecond)
	for _, child := range strings.Fields(string(children)) {
		const patience, pause = 30 * time.Second, 20 * time.Millisecond
		pid, _ := strconv.Atoi(child)
		for end := time.Now().Add(patience); syscall.Kill(pid, 0) == nil && time.Now().Before(end); {
			time.Sleep(pause)
		}
	}
}

// DatabaseIn is Database with the database's files in a folder.
func (s *Server) DatabaseIn(dir string) string {
	s.tb.Helper()
	if s.as != nil {
		if err := os.Chown(dir, int(s.as.Uid), int(s.as.Gid)); err != nil {
			s.tb.Fatal(err)
		}
	}
	name := fmt.Sprint("t", s.bases.Add(1))
	s.Exec("CREATE TABLESPACE " + name + " LOCATION '" + dir + "'")
	s.Exec("CREATE DATABASE " + name + " TABLESPACE " + name)
	s.tb.Cleanup(s.Kill) // before the folder goes
	return s.Address(name)
}

// Database makes an empty database and gives its address.
func (s *Server) Database() string {
	s.tb.Helper()
	name := fmt.Sprint("t", s.bases.Add(1))
	s.Exec("CREATE DATABASE " + name)
	return s.Address(name)
}
