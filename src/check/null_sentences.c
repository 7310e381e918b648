#include "check/calibration.h"

/* Written for this test: no archive holds them. Journalism's turns of phrase, so that common words
 * meet as they do in stories. */
const char *const null_sentences[] = {
    "The harbour master of Port Verity said the ferry company had been warned three times before "
    "the fire",
    "Nobody in the valley remembers a drier spring and the wells behind the mill have been locked "
    "since April",
    "She told the committee that the missing ledgers were kept in a biscuit tin under the stairs",
    "The governor promised to open the bridge before the feast of Saint Almira but the concrete "
    "never came",
    "According to the auditors, seven of the eleven tractors existed only on paper",
    "We were asked to sign first and to read afterwards, a retired clerk of the land registry "
    "recalled",
    "The two ministries have not exchanged a letter since the quarrel over the salt tax",
    "He described the talks as a polite dinner at which everybody left hungry",
    "The commission found no evidence that the seed had ever been tested in the northern lowlands",
    "A spokeswoman for the railway declined to say who had ordered the signal lamps",
    "The bishop walked the last nine kilometres because the driver refused to cross the picket "
    "line",
    "Prices for candles doubled within a week of the blackout and have not come down since",
    "The colonel, who now raises geese, insists that the radio was already broken when he arrived",
    "What the report calls an irregularity was a warehouse with no roof and no floor",
    "The president of Salinas Altas has never explained why the lighthouse contract was split in "
    "two",
    "Fishermen from the islands say the buoys were moved at night, always towards the mainland",
    "In the end the judge ordered both sides to count the sheep again in front of witnesses",
    "The museum paid for a portrait that its own experts had called a clever copy of a dull "
    "original",
    "Their lawyer argued that a promise made in a sauna cannot bind a ministry",
    "The census takers were turned away by a man with a shotgun and a very small dog",
    "Only four of the promised ninety turbines are turning and one of them turns the wrong way",
    "The opposition walked out when the speaker read the poem a second time",
    "Teachers in the capital have been paid in vouchers for a chain of shoe shops that closed in "
    "June",
    "I have seen better fences around a kindergarten, the inspector wrote of the munitions depot",
    "The mayor keeps the original of the treaty behind a framed photograph of his boat",
    "A cook at the barracks noticed that the new recruits all wore the same size of boot",
    "The insurance company maintains that fog is not weather within the meaning of the policy",
    "Rivals within the party accuse the treasurer of paying for applause by the minute",
    "The ambassador left before the dessert and the note of protest was typed the same evening",
    "Customs officers at the pass weigh the honey but never open the barrels",
    "The archive was flooded twice in one year, each time a week before an inquiry",
    "Villagers were told to expect a clinic and received a statue of a nurse",
    "He signed the decree on the bonnet of a taxi because the ministry had no power",
    "The union says the lift has been out of order since the old queen opened it",
    "Every second name on the list of donors belongs to somebody buried in the same churchyard",
    "The general staff learned of the ceasefire from a weather forecast",
    "Investigators followed the invoices to a post office box that nobody had rented",
    "The deputy minister laughed when he was asked about the yacht and then asked for a glass of "
    "water",
    "They planted eucalyptus where the map shows a school",
    "The central bank printed the new notes with a spelling mistake in the motto",
    "For eleven months the night watchman was the only employee of the national airline",
    "The dam would have held, the engineer said, if anybody had closed the gates",
    "Parliament voted to thank the storm for having spared the cathedral",
    "A cousin of the finance minister sells the only permitted brand of scales",
    "The witness remembered the colour of the suitcase but not the name of the country",
    "El alcalde de Cerro Negro negó haber visto los camiones aunque pasaron bajo su balcón",
    "Los vecinos guardan el agua de lluvia en los bidones que la fábrica dejó en la plaza",
    "La comisión tardó nueve meses en descubrir que el puente no llegaba a la otra orilla",
    "Según el notario, la firma del gobernador es auténtica pero la fecha pertenece a un domingo "
    "inexistente",
    "El sindicato de estibadores advirtió que nadie descargaría el trigo sin guantes ni contrato",
    "La maestra contó que los cuadernos llegaron mojados y que el inspector los dio por nuevos",
    "Ningún ministro quiso explicar por qué la vacuna viajó dos veces en el mismo avión vacío",
    "El coronel retirado cultiva claveles y asegura que jamás leyó la orden que lleva su sello",
    "La fiscalía halló doce relojes de oro dentro de una imagen de la patrona del puerto",
    "Los mineros bajaron con velas porque la empresa había vendido las lámparas en otoño",
    "El tren presidencial se detuvo en la frontera por falta de una autorización para la "
    "locomotora",
    "La radio local repitió durante tres días el mismo discurso con los aplausos cortados",
    "Un primo del tesorero cobra por barrer una calle que todavía no existe",
    NULL,
};
