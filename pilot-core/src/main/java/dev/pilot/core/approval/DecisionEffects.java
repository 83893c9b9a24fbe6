package dev.pilot.core.approval;

import dev.pilot.api.run.Approval;
import dev.pilot.api.store.StoreUnit;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What decisions about other things than runs do, by what they are about. Threads may share it. */
public final class DecisionEffects implements DecisionEffect {
    private final Map<String, DecisionEffect> effects = new ConcurrentHashMap<>();

    /** Makes one with none. */
    public DecisionEffects() {}

    /**
     * Adds one.
     *
     * @param type the type of the subjects that it is for
     * @param effect is taken from now on
     */
    public void add(String type, DecisionEffect effect) {
        effects.put(type, effect);
    }

    /** Does what there is to do for the approval's subject; nothing where nobody said what. */
    @Override
    public void take(StoreUnit unit, Approval decided, boolean yes) {
        DecisionEffect effect = effects.get(decided.subject().type());
        if (effect != null) {
            effect.take(unit, decided, yes);
        }
    }
}
