package dev.pilot.api.run;

import dev.pilot.api.error.InvalidInput;
import dev.pilot.api.id.RunId;

/**
 * Which part of a run's output is wanted.
 *
 * @param runId the run
 * @param attempt the attempt; 0 for the latest
 * @param stream which output
 * @param from the first byte, from 0
 * @param limit how many bytes at most
 */
public record OutputRequest(RunId runId, int attempt, OutputStream stream, long from, int limit) {
    /**
     * Fills in the defaults and checks what must be there.
     *
     * @throws InvalidInput if a required field is absent or a value is out of range
     */
    public OutputRequest {
        InvalidInput.required(runId, "runId");
        stream = stream == null ? OutputStream.STDOUT : stream;
        limit = limit == 0 ? 65536 : limit;
    }
}
