//! `dynoxide PORT FILE`: a DynamoDB on loopback that keeps everything in one SQLite file.
//!
//! It ends when its standard input does, so that it never outlives its owner. The file goes with the
//! trial it was made for: nothing waits for the disk.

use std::io::{self, Read};
use std::{env, process, thread};

use dynoxide::{server, Database};
use tokio::net::TcpListener;

fn main() {
    let mut given = env::args().skip(1);
    let (Some(Ok(port)), Some(file)) = (given.next().map(|each| each.parse::<u16>()), given.next())
    else {
        eprintln!("dynoxide PORT FILE");
        process::exit(2);
    };
    thread::spawn(|| {
        let _ = io::copy(&mut io::stdin().lock().take(u64::MAX), &mut io::sink());
        process::exit(0);
    });
    if let Err(error) = serve(port, &file) {
        eprintln!("{error}");
        process::exit(1);
    }
}

fn serve(port: u16, file: &str) -> Result<(), Box<dyn std::error::Error>> {
    let database = Database::new(file)?;
    // The one way to its quick and small settings: the disk is waited for at checkpoints alone.
    database.disable_bulk_loading()?;
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()?
        .block_on(async {
            let listener = TcpListener::bind(("127.0.0.1", port)).await?;
            server::serve_on(listener, database).await;
            Ok(())
        })
}
