/**
 * Transparency logs in the formats of C2SP: Merkle trees as in RFC 6962, their tiles (tlog-tiles), signed notes
 * (signed-note), checkpoints (tlog-checkpoint) and proofs (tlog-proof). It hashes and formats, and reads and writes no
 * files; {@code bootstrap.audit} does. Tools for these formats in other languages can read what it writes.
 */
@NullMarked
package io.breakwater.bootstrap.tlog;

import org.jspecify.annotations.NullMarked;
