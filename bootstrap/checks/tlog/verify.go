// Verifies an audit log, or a proof of one of its entries, with golang.org/x/mod/sumdb and no code of this project:
//
//	verify.go KEY-FILE log FOLDER                  the whole log
//	verify.go KEY-FILE against FOLDER CHECKPOINT   the log against a checkpoint from elsewhere
//	verify.go KEY-FILE proof PROOF ENTRY-FILE      a proof that the log contains the entry
package main

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}

// checkpoint opens a note and parses its text.
func checkpoint(content []byte, verifier note.Verifier) tlog.Tree {
	opened, err := note.Open(content, note.VerifierList(verifier))
	check(err)
	lines := strings.Split(opened.Text, "\n")
	if len(lines) < 4 || lines[0] != verifier.Name() {
		log.Fatalf("not a checkpoint of %s: %q", verifier.Name(), opened.Text)
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	check(err)
	root, err := tlog.ParseHash(lines[2])
	check(err)
	return tlog.Tree{N: size, Hash: root}
}

// folder reads tiles from files with the names of C2SP tlog-tiles.
type folder string

func (f folder) Height() int                     { return 8 }
func (f folder) SaveTiles([]tlog.Tile, [][]byte) {}

func (f folder) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	contents := [][]byte{}
	for _, tile := range tiles {
		content, err := f.read(tile)
		if err != nil {
			return nil, err
		}
		contents = append(contents, content[:tile.W*tlog.HashSize])
	}
	return contents, nil
}

func (f folder) read(tile tlog.Tile) ([]byte, error) {
	path := strings.Replace(strings.Replace(tile.Path(), "tile/8/", "tile/", 1), "data", "entries", 1)
	return os.ReadFile(filepath.Join(string(f), path))
}

// entries returns the entries of a bundle.
func (f folder) entries(index, size int64) [][]byte {
	width := size - index*256
	if width > 256 {
		width = 256
	}
	bundle, err := f.read(tlog.Tile{H: 8, L: -1, N: index, W: int(width)})
	check(err)
	entries := [][]byte{}
	for len(bundle) > 0 {
		length := int(binary.BigEndian.Uint16(bundle))
		entries = append(entries, bundle[2:2+length])
		bundle = bundle[2+length:]
	}
	if len(entries) != int(width) {
		log.Fatalf("bundle %d has %d entries, and not %d", index, len(entries), width)
	}
	return entries
}

func verifyLog(root string, verifier note.Verifier) {
	content, err := os.ReadFile(filepath.Join(root, "checkpoint"))
	check(err)
	tree := checkpoint(content, verifier)
	reader := tlog.TileHashReader(tree, folder(root))
	for bundle := int64(0); bundle*256 < tree.N; bundle++ {
		entries := folder(root).entries(bundle, tree.N)
		indexes := []int64{}
		for i := range entries {
			indexes = append(indexes, tlog.StoredHashIndex(0, bundle*256+int64(i)))
		}
		hashes, err := reader.ReadHashes(indexes) // authenticated: the tiles lead to the root of the checkpoint
		check(err)
		for i, entry := range entries {
			if tlog.RecordHash(entry) != hashes[i] {
				log.Fatalf("entry %d is not the one that the log recorded", bundle*256+int64(i))
			}
		}
	}
	fmt.Printf("verified %d entries\n", tree.N)
}

// verifyAgainst checks that the log continues the tree of another checkpoint.
func verifyAgainst(root, other string, verifier note.Verifier) {
	content, err := os.ReadFile(filepath.Join(root, "checkpoint"))
	check(err)
	tree := checkpoint(content, verifier)
	copied, err := os.ReadFile(other)
	check(err)
	earlier := checkpoint(copied, verifier)
	if earlier.N > tree.N {
		log.Fatalf("the log has %d entries, and the checkpoint from elsewhere signs %d", tree.N, earlier.N)
	}
	reader := tlog.TileHashReader(tree, folder(root))
	hash, err := tlog.TreeHash(earlier.N, reader)
	check(err)
	if hash != earlier.Hash {
		log.Fatalf("the first %d entries are not those that the checkpoint from elsewhere signs", earlier.N)
	}
	if earlier.N > 0 {
		proof, err := tlog.ProveTree(tree.N, earlier.N, reader)
		check(err)
		check(tlog.CheckTree(proof, tree.N, tree.Hash, earlier.N, earlier.Hash))
	}
	fmt.Printf("verified that %d entries continue %d\n", tree.N, earlier.N)
}

func verifyProof(file, entryFile string, verifier note.Verifier) {
	content, err := os.ReadFile(file)
	check(err)
	entry, err := os.ReadFile(entryFile)
	check(err)
	parts := bytes.SplitN(content, []byte("\n\n"), 2)
	lines := strings.Split(string(parts[0]), "\n")
	if len(parts) != 2 || len(lines) < 2 || lines[0] != "c2sp.org/tlog-proof@v1" || !strings.HasPrefix(lines[1], "index ") {
		log.Fatal("not a proof")
	}
	index, err := strconv.ParseInt(strings.TrimPrefix(lines[1], "index "), 10, 64)
	check(err)
	proof := tlog.RecordProof{}
	for _, line := range lines[2:] {
		hash, err := base64.StdEncoding.DecodeString(line)
		check(err)
		proof = append(proof, *(*tlog.Hash)(hash))
	}
	tree := checkpoint(parts[1], verifier)
	check(tlog.CheckRecord(proof, tree.N, tree.Hash, index, tlog.RecordHash(entry)))
	fmt.Printf("verified entry %d of %d\n", index, tree.N)
}

func main() {
	log.SetFlags(0)
	key, err := os.ReadFile(os.Args[1])
	check(err)
	verifier, err := note.NewVerifier(strings.TrimSpace(string(key)))
	check(err)
	arguments := os.Args[3:]
	switch os.Args[2] {
	case "log":
		verifyLog(arguments[0], verifier)
	case "against":
		verifyAgainst(arguments[0], arguments[1], verifier)
	case "proof":
		verifyProof(arguments[0], arguments[1], verifier)
	default:
		log.Fatalf("unknown command %q", os.Args[2])
	}
}
