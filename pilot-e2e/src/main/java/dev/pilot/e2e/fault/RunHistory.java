package dev.pilot.e2e.fault;

import dev.pilot.api.Pilot;
import dev.pilot.api.id.RunId;
import dev.pilot.api.run.Event;
import dev.pilot.api.run.EventFilter;
import dev.pilot.api.run.Run;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A run as its status events tell of it. */
public final class RunHistory {
    private static final int PAGE = 1_000;

    private final Run run;
    private final List<Event> moves;

    private RunHistory(Run run, List<Event> moves) {
        this.run = run;
        this.moves = moves;
    }

    /**
     * Reads it.
     *
     * @param pilot the hub
     * @param id the run
     * @return its history up to now
     */
    public static RunHistory of(Pilot pilot, RunId id) {
        Run run = pilot.runs().get(id);
        List<Event> moves = events(pilot, EventFilter.of(id)).stream()
                .filter(event -> event.type().equals("status"))
                .toList();
        return new RunHistory(run, moves);
    }

    /**
     * How often each event of a hub is there.
     *
     * @param pilot the hub
     * @return the counts by the events' ids
     */
    public static Map<String, Integer> eventIds(Pilot pilot) {
        Map<String, Integer> found = new HashMap<>();
        events(pilot, EventFilter.ALL).forEach(event -> found.merge(event.id().value(), 1, Integer::sum));
        return found;
    }

    private static List<Event> events(Pilot pilot, EventFilter filter) {
        List<Event> all = new ArrayList<>();
        long position = 0;
        List<Event> page;
        do {
            page = pilot.events().list(filter, position, PAGE).items();
            all.addAll(page);
            position = page.isEmpty() ? position : page.get(page.size() - 1).position();
        } while (!page.isEmpty());
        return all;
    }

    /**
     * How often a move was made.
     *
     * @param move its name
     * @return the count
     */
    public int count(String move) {
        return (int) moves.stream()
                .filter(event -> move.equals(event.data().text("move")))
                .count();
    }

    /**
     * Each move begins where the one before led to, attempts are counted by claims, and the last one led to where the run is.
     *
     * @param name how the name of the promise begins
     * @param violations counts
     */
    public void check(String name, Violations violations) {
        String state = null;
        long attempt = 0;
        boolean explained = !moves.isEmpty();
        for (Event move : moves) {
            boolean first = "create".equals(move.data().text("move"));
            boolean claim = "claim".equals(move.data().text("move"));
            long told = move.data().number("attempt", -1);
            explained &= first == (state == null)
                    && (first || Objects.equals(move.data().text("from"), state));
            explained &= told == (claim ? attempt + 1 : attempt);
            state = move.data().text("to");
            attempt = told;
        }
        explained &= run.state().wire().equals(state) && run.attempt() == attempt;
        violations.count(name + ".explained", explained, toString());
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(run.id() + " is " + run.state() + " attempt " + run.attempt() + ":");
        moves.forEach(move -> text.append(' ')
                .append(move.data().text("move"))
                .append('(')
                .append(move.data().number("attempt", -1))
                .append(')'));
        return text.toString();
    }
}
