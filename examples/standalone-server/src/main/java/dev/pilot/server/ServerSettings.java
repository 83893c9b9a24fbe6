package dev.pilot.server;

import dev.pilot.api.error.InvalidInput;
import dev.pilot.core.config.AccessConfig;
import dev.pilot.core.config.Environment;
import dev.pilot.core.config.FollowLimits;
import dev.pilot.core.config.LockOut;
import dev.pilot.core.config.PasswordCost;
import dev.pilot.core.config.PilotConfig;
import dev.pilot.core.config.SessionLimits;
import dev.pilot.core.config.Settings;
import dev.pilot.core.config.Surroundings;
import dev.pilot.http.HttpConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What can be set of the server.
 *
 * @param hub how the hub is set up
 * @param http how it is served
 * @param slots how many runs the worker inside takes at once; 0 for no worker
 * @param labels which labels of runs the worker inside fits
 * @param lease how long the worker inside holds a run without being heard of
 * @param beyondLoopback whether it may serve beyond this machine though only the token that the hub made lets anybody in
 * @param logLevel from which level on it logs
 * @param warnings what should be mended, for people
 */
public record ServerSettings(
        PilotConfig hub,
        HttpConfig http,
        int slots,
        Set<String> labels,
        Duration lease,
        boolean beyondLoopback,
        String logLevel,
        List<String> warnings) {
    private static final int MOST_SLOTS = 1_000;

    /** Copies what it gets. */
    public ServerSettings {
        labels = Set.copyOf(labels);
        warnings = List.copyOf(warnings);
    }

    /**
     * Reads them.
     *
     * @throws InvalidInput if a setting is wrong or unknown
     */
    static ServerSettings from(Settings settings) {
        return from(settings, new Surroundings(Environment.variables(), List.of(), List.of()));
    }

    /**
     * Reads them.
     *
     * @param around where they come from: its secrets are redacted, and those of the settings; its variables are what runs may be given
     * @throws InvalidInput if a setting is wrong or unknown
     */
    static ServerSettings from(Settings settings, Surroundings around) {
        PilotConfig.Builder hub = PilotConfig.builder(
                        Path.of(settings.text("data.dir").orElse("data")))
                .storeUrl(settings.text("store.url").orElse(null))
                .adminToken(settings.secret("admin.token").orElse(null))
                .agentToken(settings.secret("agent.token").orElse(null))
                .workerToken(settings.secret("worker.token").orElse(null))
                .maxLease(settings.duration("max.lease", Duration.ofMinutes(10)))
                .maxClaimWait(settings.duration("max.claim.wait", Duration.ofSeconds(60)))
                .sweepEvery(settings.duration("sweep.every", Duration.ofSeconds(1)))
                .externalSilence(settings.duration("external.silence", Duration.ofHours(1)))
                .agentProposes(settings.flag("agent.proposes", false))
                .fourEyes(settings.flag("approval.four.eyes", false))
                .approvalExpiry(settings.duration("approval.expiry", Duration.ofDays(30)))
                .retryPause(
                        settings.duration("retry.pause", Duration.ofSeconds(1)),
                        settings.duration("max.retry.pause", Duration.ofMinutes(5)))
                .maxOutput(settings.number("max.output", 1L << 30))
                .maxArtifact(settings.number("max.artifact", 64L << 20))
                .following(following(settings))
                .access(access(settings))
                .auditRetention(settings.duration("audit.retention", Duration.ofDays(90)))
                .auditSeal(settings.duration("audit.seal", Duration.ofMinutes(1)))
                .environment(around.variables());
        HttpConfig defaults = HttpConfig.builder().build();
        HttpConfig.Builder http = HttpConfig.builder()
                .host(settings.text("host").orElse(defaults.host()))
                .port(number(settings, "port", defaults.port()))
                .allowedHosts(words(settings, "allowed.hosts"))
                .allowedOrigins(words(settings, "allowed.origins"))
                .maxBody(number(settings, "max.body", defaults.maxBody()))
                .maxBatch(number(settings, "max.batch", defaults.maxBatch()))
                .maxUpload(number(settings, "max.upload", defaults.maxUpload()))
                .maxHeader(number(settings, "max.header", defaults.maxHeader()))
                .maxConnections(number(settings, "max.connections", defaults.maxConnections()))
                .threads(number(settings, "http.threads", defaults.threads()))
                .idleTimeout(settings.duration("idle.timeout", defaults.idleTimeout()))
                .claimWait(settings.duration("max.claim.wait", defaults.claimWait()))
                .eventWait(settings.duration("max.event.wait", defaults.eventWait()))
                .tokenWait(settings.duration("token.wait", defaults.tokenWait()))
                .callerCheck(settings.duration("caller.check", defaults.callerCheck()))
                .heartbeat(settings.duration("stream.heartbeat", defaults.heartbeat()))
                .slowReader(settings.duration("slow.reader", defaults.slowReader()))
                .stopTimeout(settings.duration("stop.timeout", defaults.stopTimeout()));
        DoorSettings.read(settings, defaults, http);
        boolean beyondLoopback = settings.flag("generated.token.beyond.loopback", false);
        long slots = settings.number("worker.slots", 2);
        Set<String> labels = words(settings, "worker.labels");
        Duration lease = settings.duration("worker.lease", Duration.ofSeconds(30));
        String level = settings.text("log.level").orElse("info");
        settings.done();
        if (slots < 0 || slots > MOST_SLOTS) {
            throw InvalidInput.of("worker.slots", "must be between 0 and " + MOST_SLOTS + ", but is " + slots);
        }
        hub.secrets(Stream.concat(around.secrets().stream(), settings.secrets().stream())
                .distinct()
                .toList());
        return new ServerSettings(
                hub.build(), http.build(), (int) slots, labels, lease, beyondLoopback, level, settings.warnings());
    }

    private static FollowLimits following(Settings settings) {
        FollowLimits defaults = FollowLimits.DEFAULTS;
        return new FollowLimits(
                number(settings, "recent.events", defaults.recentEvents()),
                settings.number("recent.size", defaults.recentSize()),
                settings.duration("stream.tick", defaults.longestTick()));
    }

    private static AccessConfig access(Settings settings) {
        PasswordCost cost = PasswordCost.DEFAULTS;
        SessionLimits sessions = SessionLimits.DEFAULTS;
        LockOut lockOut = LockOut.DEFAULTS;
        return new AccessConfig(
                new PasswordCost(
                        number(settings, "password.least", cost.least()),
                        number(settings, "password.memory", cost.memory()),
                        number(settings, "password.passes", cost.passes()),
                        number(settings, "password.lanes", cost.lanes()),
                        number(settings, "password.at.once", cost.atOnce()),
                        number(settings, "password.waiting", cost.waiting())),
                new SessionLimits(
                        settings.duration("session.access", sessions.access()),
                        settings.duration("session.idle", sessions.idle()),
                        settings.duration("session.longest", sessions.longest()),
                        number(settings, "session.most", sessions.most())),
                new LockOut(
                        number(settings, "lock.attempts", lockOut.attempts()),
                        number(settings, "lock.address.attempts", lockOut.addressAttempts()),
                        settings.duration("lock.first", lockOut.first()),
                        settings.duration("lock.longest", lockOut.longest())),
                settings.duration("access.cache", AccessConfig.DEFAULTS.cache()),
                settings.duration("token.use.notes", AccessConfig.DEFAULTS.useNotes()));
    }

    /** What is out of an int's range is out of the setting's, too, which is said where it is checked. */
    static int number(Settings settings, String key, int byDefault) {
        return (int) Math.max(-1, Math.min(Integer.MAX_VALUE, settings.number(key, byDefault)));
    }

    static Set<String> words(Settings settings, String key) {
        return Arrays.stream(settings.text(key).orElse("").split(","))
                .map(String::strip)
                .filter(word -> !word.isEmpty())
                .collect(Collectors.toSet());
    }
}
