package dev.pilot.core.event;

import dev.pilot.api.run.Event;
import dev.pilot.api.run.EventFilter;
import dev.pilot.api.run.Subject;
import dev.pilot.core.access.Reach;
import dev.pilot.core.config.FollowLimits;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The latest events, for all followers that keep up; what is older is in the store. Those who stand at the same place and want the same
 * get the very same list, so that whoever encodes it can do so once. Threads may share it.
 */
final class RecentEvents {
    private static final int MOST_AT_ONCE = 500;
    private static final int LARGEST_AT_ONCE = 1 << 18;

    private final @Nullable Event[] ring;
    private final int[] sizes;
    private final long mostSize;
    private final Map<Place, Slice> slices = new HashMap<>();
    private int first;
    private int count;
    private long size;
    private long floor;
    private long tip;

    /**
     * Some events.
     *
     * @param events those that match; may be none
     * @param reached the position up to which all were looked at
     */
    record Slice(List<Event> events, long reached) {}

    private record Place(long position, EventFilter filter, Reach reach) {}

    RecentEvents(FollowLimits limits) {
        this.ring = new @Nullable Event[limits.recentEvents()];
        this.sizes = new int[limits.recentEvents()];
        this.mostSize = limits.recentSize();
    }

    /** Forgets everything and begins behind a position. */
    synchronized void start(long position) {
        while (count > 0) {
            forgetFirst();
        }
        slices.clear();
        floor = position;
        tip = position;
    }

    /** Up to where the events are here. */
    synchronized long tip() {
        return tip;
    }

    /** Takes the events that follow the tip, in their order. */
    synchronized void add(List<Event> events) {
        slices.clear();
        for (Event event : events) {
            int its = sizeOf(event);
            while (count == ring.length || count > 0 && size + its > mostSize) {
                forgetFirst();
            }
            int at = (first + count) % ring.length;
            ring[at] = event;
            sizes[at] = its;
            count++;
            size += its;
            tip = event.position();
        }
    }

    private void forgetFirst() {
        floor = at(0).position();
        ring[first] = null;
        size -= sizes[first];
        first = (first + 1) % ring.length;
        count--;
    }

    /** What follows a position, some hundred at most; null if it is not all here any more. */
    synchronized @Nullable Slice after(long position, EventFilter filter, Reach reach) {
        if (position < floor) {
            return null;
        } else if (position >= tip) {
            return new Slice(List.of(), position);
        }
        return slices.computeIfAbsent(new Place(position, filter, reach), this::cut);
    }

    private Slice cut(Place place) {
        List<Event> events = new ArrayList<>();
        long taken = 0;
        for (int i = indexAfter(place.position()); i < count; i++) {
            Event event = at(i);
            if (place.reach().has(event.projectId()) && matches(place.filter(), event)) {
                events.add(event);
                taken += sizes[(first + i) % ring.length];
                if (events.size() == MOST_AT_ONCE || taken >= LARGEST_AT_ONCE) {
                    return new Slice(List.copyOf(events), event.position());
                }
            }
        }
        return new Slice(List.copyOf(events), tip);
    }

    /** The first event behind a position: they are sorted. */
    private int indexAfter(long position) {
        int low = 0;
        int high = count;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (at(middle).position() <= position) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private Event at(int index) {
        Event event = ring[(first + index) % ring.length];
        if (event == null) {
            throw new IllegalStateException("there is no event at " + index + " of " + count);
        }
        return event;
    }

    private static boolean matches(EventFilter filter, Event event) {
        Subject subject = filter.subject();
        return (subject == null || subject.equals(event.subject()))
                && (filter.runId() == null || filter.runId().equals(event.runId()))
                && (filter.projectId() == null || filter.projectId().equals(event.projectId()))
                && (filter.type() == null || filter.type().equals(event.type()));
    }

    /** About how many characters an event has in memory. */
    static int sizeOf(Event event) {
        int data =
                event.data().members().isEmpty() ? 0 : event.data().toString().length();
        return 200 + event.title().length() + event.message().length() + data;
    }
}
