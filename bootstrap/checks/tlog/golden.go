// Prints hashes, proofs and notes that golang.org/x/mod/sumdb computes, for the tests of io.breakwater.bootstrap.tlog:
//
//	GO111MODULE=off GOPATH=/usr/share/gocode go run golden.go > ../../src/test/resources/tlog/golden.txt
package main

import (
	"crypto/ed25519"
	"encoding/base64"
	"fmt"
	"log"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

const (
	name  = "example.com/audit"
	sizes = 66000
)

var hashes []tlog.Hash

func read(indexes []int64) ([]tlog.Hash, error) {
	found := make([]tlog.Hash, len(indexes))
	for i, index := range indexes {
		found[i] = hashes[index]
	}
	return found, nil
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}

func main() {
	for n := int64(0); n < sizes; n++ {
		added, err := tlog.StoredHashes(n, []byte(fmt.Sprintf("entry %d", n)), tlog.HashReaderFunc(read))
		check(err)
		hashes = append(hashes, added...)
	}
	for _, size := range []int64{1, 2, 3, 4, 5, 7, 8, 255, 256, 257, 511, 512, 1000, 65535, 65536, 65537, 65793, sizes} {
		root, err := tlog.TreeHash(size, tlog.HashReaderFunc(read))
		check(err)
		fmt.Println("root", size, root)
	}
	for _, at := range [][2]int64{{1, 0}, {2, 1}, {3, 2}, {7, 3}, {8, 7}, {256, 255}, {257, 256}, {257, 0}, {1000, 777},
		{65537, 65536}, {65537, 12345}, {sizes, 65600}, {sizes, 0}, {sizes, sizes - 1}} {
		proof, err := tlog.ProveRecord(at[0], at[1], tlog.HashReaderFunc(read))
		check(err)
		line := []string{}
		for _, hash := range proof {
			line = append(line, hash.String())
		}
		fmt.Println(strings.TrimSpace(fmt.Sprintf("proof %d %d %s", at[0], at[1], strings.Join(line, " "))))
	}
	for _, tile := range []tlog.Tile{{H: 8, L: 0, N: 0, W: 256}, {H: 8, L: 1, N: 123456789, W: 17}, {H: 8, L: 2, N: 1000, W: 1},
		{H: 8, L: -1, N: 1234, W: 256}, {H: 8, L: -1, N: 999999, W: 255}} {
		path := strings.Replace(strings.Replace(tile.Path(), "tile/8/", "tile/", 1), "data", "entries", 1)
		fmt.Println("tile", tile.L, tile.N, tile.W, path)
	}
	seed := make([]byte, ed25519.SeedSize)
	for i := range seed {
		seed[i] = byte(i)
	}
	private := ed25519.NewKeyFromSeed(seed)
	vkey, err := note.NewEd25519VerifierKey(name, private.Public().(ed25519.PublicKey))
	check(err)
	hash := strings.Split(vkey, "+")[1]
	skey := fmt.Sprintf("PRIVATE+KEY+%s+%s+%s", name, hash, base64.StdEncoding.EncodeToString(append([]byte{1}, seed...)))
	signer, err := note.NewSigner(skey)
	check(err)
	root, err := tlog.TreeHash(1000, tlog.HashReaderFunc(read))
	check(err)
	signed, err := note.Sign(&note.Note{Text: fmt.Sprintf("%s\n%d\n%s\n", name, 1000, root)}, signer)
	check(err)
	fmt.Println("vkey", vkey)
	fmt.Println("skey", skey)
	fmt.Println("note", base64.StdEncoding.EncodeToString(signed))
}
