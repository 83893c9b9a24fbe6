package dev.pilot.runner.process.child;

import dev.pilot.api.run.OutputStream;

/**
 * Takes what a child prints, redacted. Calls come one at a time per stream. One that takes its time slows the child; one that throws
 * ends it.
 */
@FunctionalInterface
public interface ChildOutput {
    /**
     * Takes a chunk.
     *
     * @param stream which output
     * @param bytes at most 64 KiB, and the receiver's to keep
     */
    void accept(OutputStream stream, byte[] bytes);

    /**
     * No more chunks will come.
     *
     * @param stream of which output
     */
    default void ended(OutputStream stream) {}
}
