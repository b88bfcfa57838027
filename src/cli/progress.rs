//! A progress bar on a terminal, nothing in a pipe.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// A bar that counts documents and words; hidden unless standard error is a terminal.
pub(super) fn documents() -> ProgressBar {
    let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr_with_hz(8));
    if let Ok(style) =
        ProgressStyle::with_template("{spinner} {pos} documents read, {per_sec}, {elapsed}")
    {
        bar.set_style(style);
    }
    bar
}
