package io.breakwater.bootstrap.audit;

import io.breakwater.bootstrap.tlog.Checkpoint;
import io.breakwater.bootstrap.tlog.InvalidNoteException;
import io.breakwater.bootstrap.tlog.NoteVerifier;
import io.breakwater.bootstrap.tlog.SignedNote;

/**
 * A checkpoint whose signature is valid.
 *
 * @param checkpoint the checkpoint
 * @param note the note with the signature
 */
public record SignedCheckpoint(Checkpoint checkpoint, SignedNote note) {

    /**
     * Verifies a note.
     *
     * @throws InvalidNoteException if it is not a checkpoint of the log with this key
     */
    static SignedCheckpoint verify(SignedNote note, NoteVerifier key) {
        var checkpoint = Checkpoint.parse(note.verifiedText(key));
        if (!checkpoint.origin().equals(key.name())) {
            throw new InvalidNoteException("it belongs to the log " + checkpoint.origin() + ", and not " + key.name());
        }
        return new SignedCheckpoint(checkpoint, note);
    }
}
