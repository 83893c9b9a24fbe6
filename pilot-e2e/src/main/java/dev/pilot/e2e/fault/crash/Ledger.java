package dev.pilot.e2e.fault.crash;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** What the hub acknowledged: all of it has to be there for ever after. Threads may share it. */
public final class Ledger {
    private final Set<String> projects = ConcurrentHashMap.newKeySet();
    private final Set<String> events = ConcurrentHashMap.newKeySet();
    /** What was asked for and never answered: there or not, but not twice. */
    private final Set<String> openEvents = ConcurrentHashMap.newKeySet();

    private final Map<String, Bumps> bumps = new ConcurrentHashMap<>();

    /** How far one project's progress was moved. */
    record Bumps(AtomicInteger acknowledged, AtomicInteger open) {}

    /** Starts with nothing. */
    public Ledger() {}

    Set<String> projects() {
        return projects;
    }

    Set<String> events() {
        return events;
    }

    Set<String> openEvents() {
        return openEvents;
    }

    Map<String, Bumps> bumps() {
        return bumps;
    }

    Bumps bumps(String project) {
        return bumps.computeIfAbsent(project, none -> new Bumps(new AtomicInteger(), new AtomicInteger()));
    }

    /**
     * How many writes were acknowledged so far.
     *
     * @return the count
     */
    public int size() {
        return projects.size()
                + events.size()
                + bumps.values().stream()
                        .mapToInt(count -> count.acknowledged().get())
                        .sum();
    }
}
