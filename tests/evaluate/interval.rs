//! Intervals, held to what is published and to their definition.

use convener::evaluate::{Share, median_interval};

/// Published Clopper-Pearson bounds at 95 in 100, and the rule of three's exact form for none of some.
#[test]
fn intervals_are_those_of_clopper_and_pearson() {
    for (of, all, low, high) in [
        (0, 10, 0.0, 30.85),
        (1, 10, 0.25, 44.51),
        (3, 4, 19.41, 99.37),
        (5, 10, 18.71, 81.29),
        (6, 11, 23.38, 83.26),
        (10, 10, 69.15, 100.0),
        (81, 263, 25.27, 36.77),
    ] {
        let [lower, upper] = Share::new(of, all).thousandths.map(|part| f64::from(part) / 10.0);
        assert!(lower <= low && low - lower < 0.11, "{of} of {all}: {lower} for {low}");
        assert!(upper >= high && upper - high < 0.11, "{of} of {all}: {upper} for {high}");
    }
    assert_eq!(Share::new(0, 0).thousandths, [0, 1_000]);
}

fn number(number: usize) -> f64 {
    f64::from(u32::try_from(number).unwrap())
}

/// Whatever the true share, at least 95 in 100 samples have an interval that covers it.
#[test]
fn intervals_cover_what_they_promise() {
    for all in [1_usize, 4, 9, 20] {
        let shares: Vec<Share> = (0..=all).map(|of| Share::new(of, all)).collect();
        for truth in (1..100).map(|percent| percent * 10) {
            let mut covered = 0.0;
            for share in &shares {
                let [low, high] = share.thousandths;
                if low <= truth && truth <= high {
                    let (truth, mut ways) = (f64::from(truth) / 1_000.0, 1.0);
                    for step in 0..share.of {
                        ways *= number(all - step) / number(step + 1);
                    }
                    let of = i32::try_from(share.of).unwrap();
                    let rest = i32::try_from(all - share.of).unwrap();
                    covered += ways * truth.powi(of) * (1.0 - truth).powi(rest);
                }
            }
            assert!(covered >= 0.95 - 1e-9, "{all} at {truth}: {covered}");
        }
    }
}

#[test]
fn a_median_needs_six() {
    assert_eq!(median_interval(&[1, 2, 3, 4, 5]), None);
    assert_eq!(median_interval(&[1, 2, 3, 4, 5, 6]), Some([1, 6]));
    let twenty: Vec<i64> = (1..=20).collect();
    assert_eq!(median_interval(&twenty), Some([6, 15]), "as in tables of the sign test");
}
