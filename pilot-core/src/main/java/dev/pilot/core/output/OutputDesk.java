package dev.pilot.core.output;

import dev.pilot.api.id.RunId;
import dev.pilot.api.run.OutputChunk;
import dev.pilot.api.run.OutputRequest;
import dev.pilot.api.run.OutputStream;
import dev.pilot.api.run.Run;
import dev.pilot.core.system.HubContext;
import java.util.concurrent.ScheduledExecutorService;

/** What runs print: keeps it, announces it and shows it. Whoever calls has seen to it that the caller may. Threads may share it. */
public final class OutputDesk {
    private final OutputFiles files;
    private final OutputAnnouncer announcer;

    /**
     * Makes one.
     *
     * @param hub what it stands on
     * @param timer announces what has come
     */
    public OutputDesk(HubContext hub, ScheduledExecutorService timer) {
        this.files = new OutputFiles(hub.data(), hub.redactor(), hub.config().maxOutput());
        this.announcer = new OutputAnnouncer(hub.store(), files, hub.redactor(), hub.ids(), timer);
    }

    /**
     * Appends what is new to what a run's present attempt has printed, and announces it soon.
     *
     * @param run the run
     * @param stream where it was printed
     * @param offset where the bytes belong, in bytes from the stream's beginning; what is there already is skipped
     * @param bytes what was printed
     * @return how long the stream is now, in bytes
     * @throws dev.pilot.api.error.InvalidInput if there is a gap before the offset
     * @throws dev.pilot.api.error.OverLimit if the stream would become too long
     * @throws dev.pilot.api.error.Unavailable if the file can't be written
     */
    public long append(Run run, OutputStream stream, long offset, byte[] bytes) {
        long size = files.append(run.id(), run.attempt(), stream, offset, bytes);
        announcer.grown(run, run.attempt(), stream, offset, size);
        return size;
    }

    /**
     * How much a run has printed in all its attempts.
     *
     * @param run the run
     * @return bytes of all streams
     */
    public long size(Run run) {
        return files.size(run.id(), run.attempt());
    }

    /**
     * A part of what an attempt has printed.
     *
     * @param run the run
     * @param attempt its attempt
     * @param request which part of which stream
     * @return the part, empty where nothing is there
     * @throws dev.pilot.api.error.InvalidInput if the part can't be asked for
     * @throws dev.pilot.api.error.Unavailable if the file can't be read
     */
    public OutputChunk read(RunId run, int attempt, OutputRequest request) {
        return files.read(run, attempt, request);
    }

    /**
     * Announces now what an attempt has printed, so that nothing is announced behind its end.
     *
     * @param run the run
     * @param attempt its attempt
     */
    public void flush(RunId run, int attempt) {
        announcer.flush(run, attempt);
    }
}
