// S3 serves one folder as S3 does, by Versity's gateway, with two accounts: who owns the buckets,
// and a writer who may do only what a bucket's policy allows.
//
// Usage: s3 <port> <folder>
//
// It listens on loopback only, and ends when its standard input does: with whoever started it.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/versity/versitygw/auth"
	"github.com/versity/versitygw/backend/meta"
	"github.com/versity/versitygw/backend/posix"
	"github.com/versity/versitygw/embedgw"
)

const (
	region = "eu-west-2"
	atOnce = 256
)

func main() {
	err := serve(os.Args[1], os.Args[2])
	if err != nil && !errors.Is(err, context.Canceled) {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func serve(port, folder string) error {
	rooms := map[string]string{}
	for _, name := range []string{"buckets", "versions", "accounts", "properties"} {
		rooms[name] = filepath.Join(folder, name)
		if err := os.MkdirAll(rooms[name], 0o700); err != nil {
			return err
		}
	}
	owner := auth.Account{Access: "owner", Secret: "owners-secret", Role: auth.RoleAdmin}
	accounts, err := auth.NewInternal(owner, rooms["accounts"])
	if err != nil {
		return err
	}
	writer := auth.Account{Access: "writer", Secret: "writers-secret", Role: auth.RoleUser}
	if err := accounts.CreateAccount(writer); err != nil {
		return err
	}
	storage, err := open(rooms)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithCancel(context.Background())
	go func() {
		io.Copy(io.Discard, os.Stdin)
		cancel()
	}()
	return embedgw.RunVersityGW(ctx, storage, &embedgw.Config{
		RootUserAccess:    owner.Access,
		RootUserSecret:    owner.Secret,
		Region:            region,
		Ports:             []string{"127.0.0.1:" + port},
		MaxConnections:    atOnce,
		MaxRequests:       atOnce,
		MultipartMaxParts: 10000,
		KeepAlive:         true,
		Quiet:             true,
		IAMService:        accounts,
	})
}

// open keeps what S3 knows of an object beside its bytes in the file's extended attributes, or in
// files of its own where the file system has none.
func open(rooms map[string]string) (*posix.Posix, error) {
	options := posix.PosixOpts{VersioningDir: rooms["versions"], Concurrency: atOnce}
	var properties meta.MetadataStorer = meta.XattrMeta{}
	if err := (meta.XattrMeta{}).Test(rooms["buckets"]); err != nil {
		beside, err := meta.NewSideCar(rooms["properties"])
		if err != nil {
			return nil, err
		}
		properties, options.SideCarDir = beside, rooms["properties"]
	}
	return posix.New(rooms["buckets"], properties, options)
}
