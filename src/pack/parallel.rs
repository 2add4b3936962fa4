//! Parses the rule files of a pack on all cores: most of the time that a small run takes goes into it. Each file has its own
//! diagnostics, joined in the order of the files, so that nothing depends on which thread was first.

use std::thread;

use crate::diagnostic::Diagnostics;
use crate::source::SourceId;
use crate::syntax::tree::File;
use crate::syntax::{self, Wanted};

/// The trees of these texts, in their order.
pub(super) fn parse(
    texts: &[(SourceId, &str)],
    wanted: Wanted,
    diagnostics: &mut Diagnostics,
) -> Vec<File> {
    let shares = shares(texts, thread::available_parallelism().map_or(1, usize::from));
    let mut parsed: Vec<(usize, File, Diagnostics)> = thread::scope(|scope| {
        let (own, others) =
            shares.split_first().map_or((&[][..], &[][..]), |(own, others)| (own, others));
        let workers: Vec<_> =
            others.iter().map(|share| scope.spawn(|| parse_share(texts, share, wanted))).collect();
        let mut parsed = parse_share(texts, own, wanted);
        for (worker, share) in workers.into_iter().zip(others) {
            // A thread that could not finish leaves its share to this one.
            parsed.extend(worker.join().unwrap_or_else(|_| parse_share(texts, share, wanted)));
        }
        parsed
    });
    parsed.sort_by_key(|(at, _, _)| *at);
    let mut files = Vec::new();
    for (_, file, found) in parsed {
        files.push(file);
        found.into_iter().for_each(|diagnostic| diagnostics.push(diagnostic));
    }
    files
}

fn parse_share(
    texts: &[(SourceId, &str)],
    share: &[usize],
    wanted: Wanted,
) -> Vec<(usize, File, Diagnostics)> {
    let texts = share.iter().filter_map(|&at| Some((at, texts.get(at)?)));
    texts
        .map(|(at, (source, text))| {
            let mut diagnostics = Diagnostics::default();
            let file = syntax::parse_wanted(*source, text, wanted, &mut diagnostics);
            (at, file, diagnostics)
        })
        .collect()
}

/// Shares of about one size for so many threads: the longest texts first, each to the share with the least so far.
fn shares(texts: &[(SourceId, &str)], threads: usize) -> Vec<Vec<usize>> {
    let mut longest: Vec<usize> = (0..texts.len()).collect();
    let length = |at: usize| texts.get(at).map_or(0, |(_, text)| text.len());
    longest.sort_by_key(|&at| (std::cmp::Reverse(length(at)), at));
    let mut shares = vec![(0, Vec::new()); threads.clamp(1, texts.len().max(1))];
    for at in longest {
        if let Some((size, share)) = shares.iter_mut().min_by_key(|(size, _)| *size) {
            *size += length(at);
            share.push(at);
        }
    }
    shares.into_iter().map(|(_, share)| share).collect()
}
