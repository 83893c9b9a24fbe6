package dev.pilot.api.value;

/** Something that goes on until it is closed. Closing twice does nothing; threads may share it. */
@FunctionalInterface
public interface Registration extends AutoCloseable {
    /** Ends it. */
    @Override
    void close();
}
