package dev.pilot.e2e.fault.process;

/** Sees what goes through one connection of a {@link Cable}, and may break it there. Called by one thread per way. */
public interface Tap {
    /** Lets everything through. */
    Tap OPEN = (way, bytes, count) -> count;

    /** Which way bytes go. */
    enum Way {
        /** What the client says. */
        TO_SERVER,
        /** What the server says. */
        TO_CLIENT
    }

    /**
     * Looks at bytes before they go on.
     *
     * @param way which way they go
     * @param bytes holds them from its beginning on
     * @param count how many they are
     * @return how many of them go on; if fewer than all, the connection breaks behind them
     */
    int pass(Way way, byte[] bytes, int count);
}
