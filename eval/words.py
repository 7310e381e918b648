"""What the stories say on their own account: about nothing that an archive could hold."""

FILLER = {'en': [
    'A dozen residents met in the parish hall on Tuesday night and left without a vote.',
    'The bakery across the street opened at six, as it always does.',
    'Nobody at the town hall would say who had signed the second invoice.',
    'The neighborhood association collected 83 signatures in an afternoon.',
    'Lawyers call such a clause a “sleeping dog.”',
    'Officials like to speak of a “new chapter,” and the word has lost its edge.',
    'The film was shown under the title “The Glass Orchard” and closed after a week.',
    'Marisol Ketteridge, who runs a print shop near the station, keeps the clippings in a shoe box.',
    'Two buses were late, and the hearing began without the witnesses.',
    'This newspaper asked for the minutes in writing and received a calendar.',
    'About 40 people stood outside in the rain.',
    'The spokesman for the archive, Dunstan Velarque, said the reading room would stay open through the winter.',
    'What follows was put together from public records and from conversations with people who asked for nothing.',
    'The press office answered one question in five.',
    'Tickets cost 12 crowns at the door.',
    'It had snowed, which helped.',
    'Older readers will remember the strike of 1987.',
    'The committee room has 14 chairs, two of them broken.',
    'A former clerk, Odile Brancastle, remembers the corridor as “a kind of aquarium.”',
    'The choir sang on the steps, badly and at length.',
    'By the weekend the posters had been painted over.',
    'No one has apologized, and no one is expected to.'],
    'es': [
    'Una docena de vecinos se reunió el martes en el salón parroquial y se fue sin votar.',
    'Nadie en el ayuntamiento quiso decir quién había firmado la segunda factura.',
    'La asociación de vecinos reunió 83 firmas en una tarde.',
    'Los abogados llaman a esa cláusula un «perro dormido».',
    'Unas 40 personas esperaban bajo la lluvia.',
    'Marisol Queterín, dueña de una imprenta junto a la estación, guarda los recortes en una caja de zapatos.',
    'Este diario pidió las actas por escrito y recibió un calendario.',
    'La oficina de prensa contestó una pregunta de cada cinco.',
    'El coro cantó en la escalinata, mal y durante mucho tiempo.',
    'Los lectores mayores recordarán la huelga de 1987.']}

INVENTED = {'en': [
    'whoever owns the lighthouse owns the night, and the lighthouse was sold in the autumn to a man with four passports',
    'the orchestra was paid twice and the violins were never returned to the widow of the conductor',
    'every ledger in the basement had been copied by hand and hidden under the floor of the chapel',
    'the bridge will stand for as long as nobody drives a heavy cart across its northern arch',
    'seven beekeepers were questioned about the cannon, and none of them had ever heard it fired',
    'the chess club was the only institution in which both brothers still sat at one table',
    'he keeps a tame heron in the office and consults it before he signs a decree about fishing'],
    'es': [
    'quien compra el faro compra la noche, y el faro fue vendido en otoño a un hombre con cuatro pasaportes',
    'la orquesta cobró dos veces y los violines nunca volvieron a casa de la viuda del director']}

NAMED = {'en': ['The {role} {name} did not answer questions that were sent to his office.',
                'A spokesman for {role} {name} declined to comment.',
                '{role} {name} is still in office.', 'This newspaper wrote to {role} {name} and received no answer.',
                'Friends of {role} {name} describe a man who reads every footnote.',
                '{name}, the {office}, could not be reached.', 'Among those who took part was {role} {name}.'],
         'es': ['{papel} {name} no respondió a las preguntas de este diario.',
                'Un portavoz dijo que {papel} {name} no haría comentarios.',
                'Este diario escribió a la oficina de {name} y no recibió respuesta.']}

BODY = {'en': ['The {pair} did not respond to a request for comment.', 'A woman who works at the {pair} asked not to be named.',
               'Employees of the {pair} have been told not to speak to reporters.',
               'The press office of the {pair} was closed for the holiday.']}

COINED = [('the Calderwood Initiative', 'Initiative', 'Initative'), ('the Wetherby Memorandum', 'Memorandum', 'Memorandom'),
          ('the Larkhill Compromise', 'Larkhill', 'Larkhil'), ('the Ferrisdown Settlement', 'Ferrisdown', 'Ferisdown'),
          ('the Ambrosine Declaration', 'Ambrosine', 'Ambrosnie'), ('the Quellinger Partnership', 'Quellinger', 'Quelinger')]
COINED_FIRST = ['Critics point to {phrase}, which was never put into practice.', 'The idea is older than {phrase}.',
                'All this was supposed to end with {phrase}.']
COINED_AGAIN = ['Under {phrase}, none of this would have been possible.', 'Few people now remember {phrase}.',
                'Defenders of {phrase} see it otherwise.']

PAPERS = [('The Morning Lantern', 'ML'), ('El Tiempo Nuevo', 'ETN'), ('The Valley Herald', 'VH'), ('Diario del Muelle', 'DM'),
          ('The Evening Compass', 'EC')]
STRANGERS = ['QW', 'KZ', 'XBT', 'WQL']

CLASS = {'secret': 'secreto', 'confidential': 'confidencial', 'unclassified': 'no clasificado'}
