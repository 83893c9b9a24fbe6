package dev.pilot.e2e.fault.decision;

import dev.pilot.api.Pilot;
import dev.pilot.api.error.PilotException;
import java.util.ArrayList;
import java.util.List;

/** Some who decide the same things at once, until nothing is left or the hub is gone. */
final class Deciders implements AutoCloseable {
    private static final int THREADS = 4;

    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean stopped;

    static Deciders start(Pilot pilot, Agenda agenda) {
        Deciders deciders = new Deciders();
        for (int i = 0; i < THREADS; i++) {
            int first = i;
            Thread thread = new Thread(() -> deciders.decide(pilot, agenda, first), "decider-" + i);
            deciders.threads.add(thread);
            thread.start();
        }
        return deciders;
    }

    /** Each begins elsewhere, so that they meet now and then but not always. */
    private void decide(Pilot pilot, Agenda agenda, int first) {
        for (int i = 0; i < agenda.size() && !stopped; i++) {
            try {
                agenda.decide(pilot, (first * agenda.size() / THREADS + i) % agenda.size());
            } catch (PilotException gone) {
                if (stopped) {
                    return;
                }
            }
        }
    }

    @Override
    public void close() throws InterruptedException {
        stopped = true;
        for (Thread thread : threads) {
            thread.join();
        }
    }
}
