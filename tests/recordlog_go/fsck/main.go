// Witness signs and opens checkpoints as a C2SP witness does, with the transparency-dev project's
// own packages, sharing no line with the code under test.
//
// Usage: witness sign <skey> | witness verify <vkey>, the note on standard input
//
// It prints its own signature line, or the second (Unix) at which the note was cosigned.
package main

import (
	"bytes"
	"fmt"
	"io"
	"os"

	cosigned "github.com/transparency-dev/formats/note"
	"golang.org/x/mod/sumdb/note"
)

func main() {
	data, err := io.ReadAll(os.Stdin)
	if err == nil {
		switch os.Args[1] {
		case "sign":
			err = sign(data, os.Args[2])
		case "verify":
			err = verify(data, os.Args[2])
		}
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func sign(data []byte, skey string) error {
	signer, err := cosigned.NewSignerForCosignatureV1(skey)
	if err != nil {
		return err
	}
	end := bytes.LastIndex(data, []byte("\n\n"))
	signed, err := note.Sign(&note.Note{Text: string(data[:end+1])}, signer)
	if err != nil {
		return err
	}
	_, err = os.Stdout.Write(signed[end+2:])
	return err
}

func verify(data []byte, vkey string) error {
	verifier, err := cosigned.NewVerifierForCosignatureV1(vkey)
	if err != nil {
		return err
	}
	opened, err := note.Open(data, note.VerifierList(verifier))
	if err != nil {
		return err
	}
	at, err := cosigned.CoSigV1Timestamp(opened.Sigs[0])
	if err != nil {
		return err
	}
	fmt.Println(at.Unix())
	return nil
}
