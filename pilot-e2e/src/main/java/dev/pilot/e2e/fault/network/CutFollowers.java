package dev.pilot.e2e.fault.network;

import dev.pilot.api.run.EventFilter;
import dev.pilot.api.run.NewEvent;
import dev.pilot.api.run.Subject;
import dev.pilot.api.value.Json;
import dev.pilot.api.value.Registration;
import dev.pilot.client.PilotClient;
import dev.pilot.core.PilotHub;
import dev.pilot.e2e.fault.Patience;
import dev.pilot.e2e.fault.Violations;
import dev.pilot.e2e.fault.follow.BoundaryTap;
import dev.pilot.e2e.fault.follow.StrictFollower;
import dev.pilot.e2e.fault.process.Cable;
import dev.pilot.e2e.fault.process.Tap;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/** Followers of all events, from the first on; no connection of theirs brings more than one event. */
final class CutFollowers {
    private static final int LIVE = 20;
    /** Fewer bytes than the shortest event has. */
    private static final int WITHIN = 60;

    private final String name;
    private final ServedHub served;
    private final Random random;

    CutFollowers(String name, ServedHub served, long seed) {
        this.name = name;
        this.served = served;
        this.random = new Random(seed);
    }

    private record Follower(Cable cable, PilotClient client, StrictFollower follower, Registration following)
            implements AutoCloseable {
        @Override
        public void close() throws IOException {
            following.close();
            client.close();
            cable.close();
        }
    }

    private Follower follow(long after, Supplier<Tap> taps) {
        Cable cable = new Cable(served.uri(), taps);
        PilotClient client = PilotClient.connect(cable.uri(), ServedHub.TOKEN);
        StrictFollower follower = new StrictFollower(after);
        return new Follower(cable, client, follower, client.events().follow(EventFilter.ALL, after, follower));
    }

    void run(Violations violations) throws IOException {
        PilotHub hub = served.hub();
        long after = Math.max(0, hub.events().lastPosition() - LIVE);
        Random within = new Random(random.nextLong());
        try (Follower atBoundaries = follow(after, () -> new BoundaryTap(0));
                Follower inTheMiddle = follow(after, () -> new BoundaryTap(1 + within.nextInt(WITHIN)))) {
            for (int i = 0; i < LIVE; i++) {
                NewEvent event = NewEvent.builder(new Subject("load", "cut"))
                        .title("event " + i)
                        .data(Json.object("text", "x".repeat(random.nextInt(500))))
                        .build();
                hub.events().append(List.of(event)).toCompletableFuture().join();
            }
            look("boundary", atBoundaries, hub, violations);
            look("middle", inTheMiddle, hub, violations);
        }
    }

    private void look(String where, Follower one, PilotHub hub, Violations violations) {
        String promise = name + ".follow-" + where;
        long last = hub.events().lastPosition();
        boolean all = Patience.holds(() -> one.follower().position() >= last);
        violations.count(
                promise + ".gets-all", all, "it is at " + one.follower().position() + " of " + last);
        int events = one.follower().check(promise, hub, violations);
        if (one.cable().connections() < events) {
            throw new IllegalStateException("the cable was not cut behind every event");
        }
    }
}
