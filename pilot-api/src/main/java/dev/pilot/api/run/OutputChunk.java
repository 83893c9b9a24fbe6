package dev.pilot.api.run;

import dev.pilot.api.error.InvalidInput;

/**
 * Part of a run's output.
 *
 * @param attempt the attempt
 * @param stream which output
 * @param from where the bytes start
 * @param bytes the bytes; not to be changed
 * @param size how many bytes there are so far
 */
public record OutputChunk(int attempt, OutputStream stream, long from, byte[] bytes, long size) {
    /**
     * Fills in the defaults and checks what must be there.
     *
     * @throws InvalidInput if a required field is absent or a value is out of range
     */
    public OutputChunk {
        InvalidInput.required(stream, "stream");
        InvalidInput.required(bytes, "bytes");
    }
}
