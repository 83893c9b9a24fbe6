package dev.pilot.core.account;

import dev.pilot.api.Door;
import dev.pilot.api.Pilot;
import dev.pilot.api.access.Account;
import dev.pilot.api.access.Caller;
import dev.pilot.api.access.Identity;
import dev.pilot.api.access.Tokens;
import dev.pilot.api.access.Users;
import dev.pilot.core.config.AccessConfig;
import dev.pilot.core.config.PilotConfig;
import dev.pilot.core.system.HubContext;
import dev.pilot.core.system.Journal;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** All that has to do with who comes in, for one hub. */
public final class AccountArea implements AutoCloseable {
    private final HubContext hub;
    private final AccountParts parts;
    private final LogIns logIns;
    private final TokenUses uses;
    private final List<Way> kept;

    /**
     * Makes it.
     *
     * @param hub what it stands on
     * @param journal writes events
     * @param timer does what is due
     */
    public AccountArea(HubContext hub, Journal journal, ScheduledExecutorService timer) {
        AccessConfig config = hub.config().access();
        this.hub = hub;
        this.parts = new AccountParts(
                new PasswordHashing(config.passwords()),
                new Guesses(config.lockOut(), hub.config().clock()),
                new AccountEvents(journal, hub.audit()),
                new Recent<>(config.cache()),
                new Recent<>(config.cache()));
        SessionKeys keys = new SessionKeys(hub.data());
        keys.secrets().forEach(hub.redactor()::learn);
        AccessTokens tokens = new AccessTokens(
                keys,
                hub.store().info().hubId(),
                config.sessions().access(),
                hub.config().clock());
        this.logIns = new LogIns(hub, parts, tokens, timer);
        this.uses = new TokenUses(hub.store());
        this.kept = List.of(
                new KeptTokens(hub.store(), parts.tokens(), uses, hub.config().clock()),
                new SessionTokens(hub.store(), tokens, parts.sessions()));
        long every = config.useNotes().toMillis();
        Future<?> unused = timer.scheduleWithFixedDelay(uses::write, every, every, TimeUnit.MILLISECONDS);
    }

    /**
     * The use-cases of users.
     *
     * @param caller who asks
     * @return the use-cases
     */
    public Users users(Caller caller) {
        return new UserUseCases(hub, parts, caller);
    }

    /**
     * The use-cases of tokens.
     *
     * @param caller who asks
     * @return the use-cases
     */
    public Tokens tokens(Caller caller) {
        return new TokenUseCases(hub, parts, caller);
    }

    /**
     * What somebody may ask and do about himself.
     *
     * @param identity who asks
     * @return the use-cases
     */
    public Account account(Identity identity) {
        return new AccountUseCases(logIns, identity);
    }

    /**
     * The door for those who show a token of the configuration, one that the hub keeps, or a session's, and for those who log in.
     *
     * @param admin the admin's token
     * @param enter binds the hub to whoever was let in
     * @return the door
     */
    public Door door(String admin, Function<Identity, Pilot> enter) {
        PilotConfig config = hub.config();
        Way configured = new ConfiguredTokens(admin, config.agentToken(), config.agentProposes(), config.workerToken());
        return new HubDoor(enter, List.of(configured, kept.get(0), kept.get(1)), logIns);
    }

    /** Writes down what is still to be written. */
    @Override
    public void close() {
        uses.write();
    }
}
