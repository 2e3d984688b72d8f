// Recordlog checks a stored record log with the Go project's own packages, sharing no line with
// the code under test: every leaf, every proof file and every growth, against the signed root.
//
// Usage: recordlog <directory> <vkey> <origin>
//
// The directory holds the log as it is stored, *.tlog-proof files, and growth.json, a list of
// {"old": size, "root": base64, "proof": [base64]}. It prints what it checked, or one sentence.
package main

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

const height = 8

type checked struct {
	Size    int64 `json:"size"`
	Leaves  int64 `json:"leaves"`
	Proofs  int   `json:"proofs"`
	Growths int   `json:"growths"`
}

type growth struct {
	Old   int64    `json:"old"`
	Root  string   `json:"root"`
	Proof []string `json:"proof"`
}

type storedLog struct {
	directory string
	tree      tlog.Tree
	read      map[string][]byte
}

func main() {
	done, err := check(os.Args[1], os.Args[2], os.Args[3])
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	json.NewEncoder(os.Stdout).Encode(done)
}

func check(directory, vkey, origin string) (*checked, error) {
	signed, err := os.ReadFile(filepath.Join(directory, "checkpoint"))
	if err != nil {
		return nil, err
	}
	tree, err := openCheckpoint(signed, vkey, origin)
	if err != nil {
		return nil, err
	}
	log := &storedLog{directory, tree, map[string][]byte{}}
	done := &checked{Size: tree.N}
	entries, err := log.entries()
	if err != nil {
		return nil, err
	}
	if done.Leaves, err = log.checkLeaves(entries); err != nil {
		return nil, err
	}
	if done.Proofs, err = log.checkProofFiles(entries, vkey, origin); err != nil {
		return nil, err
	}
	done.Growths, err = log.checkGrowth()
	return done, err
}

func openCheckpoint(signed []byte, vkey, origin string) (tlog.Tree, error) {
	verifier, err := note.NewVerifier(vkey)
	if err != nil {
		return tlog.Tree{}, err
	}
	opened, err := note.Open(signed, note.VerifierList(verifier))
	if err != nil {
		return tlog.Tree{}, err
	}
	lines := strings.Split(opened.Text, "\n")
	if len(lines) != 4 || lines[0] != origin || lines[3] != "" {
		return tlog.Tree{}, fmt.Errorf("not a checkpoint of %s", origin)
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil {
		return tlog.Tree{}, err
	}
	root, err := tlog.ParseHash(lines[2])
	return tlog.Tree{N: size, Hash: root}, err
}

// entries reads the bundles, as their paths and lengths are specified.
func (log *storedLog) entries() ([][]byte, error) {
	var entries [][]byte
	for first := int64(0); first < log.tree.N; first += 1 << height {
		width := min(int64(1)<<height, log.tree.N-first)
		tile := tlog.Tile{H: height, L: 0, N: first >> height, W: int(width)}
		path := strings.Replace(tile.Path(), "tile/8/0/", "tile/entries/", 1)
		data, err := os.ReadFile(filepath.Join(log.directory, path))
		if err != nil {
			return nil, err
		}
		for len(data) >= 2 {
			length := int(binary.BigEndian.Uint16(data))
			if len(data) < 2+length {
				break
			}
			entries = append(entries, data[2:2+length])
			data = data[2+length:]
		}
		if len(data) != 0 || int64(len(entries)) != first+width {
			return nil, fmt.Errorf("%s does not hold %d entries", path, width)
		}
	}
	return entries, nil
}

// checkLeaves holds every entry against its tile; the reader has held the tile against the root.
func (log *storedLog) checkLeaves(entries [][]byte) (int64, error) {
	reader := tlog.TileHashReader(log.tree, log)
	for first := 0; first < len(entries); first += 1 << height {
		var indexes []int64
		for at := first; at < min(first+1<<height, len(entries)); at++ {
			indexes = append(indexes, tlog.StoredHashIndex(0, int64(at)))
		}
		stored, err := reader.ReadHashes(indexes)
		if err != nil {
			return 0, err
		}
		for at, hash := range stored {
			if hash != tlog.RecordHash(entries[first+at]) {
				return 0, fmt.Errorf("leaf %d is not the entry", first+at)
			}
		}
	}
	return int64(len(entries)), nil
}

func (log *storedLog) checkProofFiles(entries [][]byte, vkey, origin string) (int, error) {
	names, err := filepath.Glob(filepath.Join(log.directory, "*.tlog-proof"))
	if err != nil {
		return 0, err
	}
	for _, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			return 0, err
		}
		if err := checkProofFile(data, entries, vkey, origin); err != nil {
			return 0, fmt.Errorf("%s: %w", filepath.Base(name), err)
		}
	}
	return len(names), nil
}

func checkProofFile(data []byte, entries [][]byte, vkey, origin string) error {
	head, signed, found := bytes.Cut(data, []byte("\n\n"))
	lines := strings.Split(string(head), "\n")
	if !found || len(lines) < 2 || lines[0] != "c2sp.org/tlog-proof@v1" {
		return fmt.Errorf("not a proof file")
	}
	tree, err := openCheckpoint(signed, vkey, origin)
	if err != nil {
		return err
	}
	index, err := strconv.ParseInt(strings.TrimPrefix(lines[1], "index "), 10, 64)
	if err != nil {
		return err
	}
	proof, err := hashes(lines[2:])
	if err != nil {
		return err
	}
	return tlog.CheckRecord(proof, tree.N, tree.Hash, index, tlog.RecordHash(entries[index]))
}

func (log *storedLog) checkGrowth() (int, error) {
	data, err := os.ReadFile(filepath.Join(log.directory, "growth.json"))
	if err != nil {
		return 0, err
	}
	var growths []growth
	if err := json.Unmarshal(data, &growths); err != nil {
		return 0, err
	}
	for _, each := range growths {
		root, err := tlog.ParseHash(each.Root)
		if err != nil {
			return 0, err
		}
		proof, err := hashes(each.Proof)
		if err != nil {
			return 0, err
		}
		if err := tlog.CheckTree(proof, log.tree.N, log.tree.Hash, each.Old, root); err != nil {
			return 0, fmt.Errorf("growth from %d: %w", each.Old, err)
		}
	}
	return len(growths), nil
}

func hashes(lines []string) ([]tlog.Hash, error) {
	var all []tlog.Hash
	for _, line := range lines {
		raw, err := base64.StdEncoding.Strict().DecodeString(line)
		if err != nil || len(raw) != tlog.HashSize {
			return nil, fmt.Errorf("%q is not a hash", line)
		}
		all = append(all, tlog.Hash(raw))
	}
	return all, nil
}

// Height, ReadTiles and SaveTiles make a stored log a tlog.TileReader.
func (log *storedLog) Height() int { return height }

func (log *storedLog) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	var all [][]byte
	for _, tile := range tiles {
		// The packages keep the height in the path; the tiles specification has only one height.
		path := strings.Replace(tile.Path(), "tile/8/", "tile/", 1)
		if _, known := log.read[path]; !known {
			data, err := os.ReadFile(filepath.Join(log.directory, path))
			if err != nil {
				return nil, err
			}
			log.read[path] = data
		}
		all = append(all, log.read[path])
	}
	return all, nil
}

func (log *storedLog) SaveTiles([]tlog.Tile, [][]byte) {}
