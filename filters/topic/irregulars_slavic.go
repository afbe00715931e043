package topic

const russian = `
@m = -,а,у,ом,е,ы,ов,ам,ами,ах
@n = о,а,у,ом,е,ам,ами,ах
@pl = я,ям,ями,ях,ев
= день дн+я,ю,ем,е,и,ей,ям,ями,ях
= полдень полдня полудня полдни
= пень пн+я,ю,ем,е,и,ей,ям,ями,ях
= корень корн+я,ю,ем,е,и,ей,ям,ями,ях
= камень камн+я,ю,ем,е,и,ей,ям,ями,ях
= парень парн+я,ю,ем,е,и,ей,ям,ями,ях
= уровень уровн+я,ю,ем,е,и,ей,ям,ями,ях
= ливень ливн+я,ю,ем,е,и,ей,ям,ями,ях
= перечень перечн+я,ю,ем,е,и,ей,ям,ями,ях
= огонь огн+я,ю,ем,е,и,ей,ям,ями,ях
= конь кон+я,ю,ем,е,и,ей,ям,ями,ях
= рубль рубл+я,ю,ем,е,и,ей,ям,ями,ях
= лев льв+а,у,ом,е,ы,ов,ам,ами,ах
= лед льд+а,у,ом,е,ы,ов,ам,ами,ах
= пес пс+а,у,ом,е,ы,ов,ам,ами,ах
= сон сн+а,у,ом,е,ы,ов,ам,ами,ах
= рот рт+а,у,ом,е,ы,ов,ам,ами,ах
= лоб лб+а,у,ом,е,ы,ов,ам,ами,ах
= ров рв+а,у,ом,е,ы,ов,ам,ами,ах
= угол угл+а,у,ом,е,ы,ов,ам,ами,ах
= уголь угл+я,ю,ем,е,и,ей,ям,ями,ях
= узел узл+а,у,ом,е,ы,ов,ам,ами,ах
= посол посл+а,у,ом,ы,ов,ам,ами,ах
= орел орл+а,у,ом,е,ы,ов,ам,ами,ах
= осел осл+а,у,ом,е,ы,ов,ам,ами,ах
= козел козл+а,у,ом,е,ы,ов,ам,ами,ах
= котел котл+а,у,ом,е,ы,ов,ам,ами,ах
= ковер ковр+а,у,ом,е,ы,ов,ам,ами,ах
= костер костр+а,у,ом,е,ы,ов,ам,ами,ах
= шатер шатр+а,у,ом,е,ы,ов,ам,ами,ах
= ветер ветр+а,у,ом,е,ы,ов,ам,ами,ах
= пепел пепл+а,у,ом,е
= заем займ+а,у,ом,е,ы,ов,ам,ами,ах
= наем найм+а,у,ом,е
= заяц зайц+а,у,ем,е,ы,ев,ам,ами,ах
= церковь церкв+и,ью,ей,ям,ам,ами,ах церковью
= любовь любв+и,ей любовью
= мать матер+и,ью,ей,ям,ями,ях
= дочь дочер+и,ью,ей,ям,ями,ях дочерьми
= путь пут+и,ем,ей,ям,ями,ях
= человек человек+а,у,ом,е люд+и,ей,ям,ях людьми
= ребенок ребенк+а,у,ом,е дет+и,ей,ям,ях детьми
= друг друг+а,у,ом,е друзь+я,ям,ями,ях друзей
= брат брат+а,у,ом,е брать+я,ям,ями,ях,ев
= сын сын+а,у,ом,е,ы,ов,ам,ами,ах сыновь+я,ям,ями,ях сыновей
= муж муж+а,у,ем,е,и,ей,ам,ами,ах мужь+я,ям,ями,ях
= князь княз+я,ю,ем,е княжь+я князь+я,ям,ями,ях князей
= сосед сосед+а,у,ом,е,и,ей,ям,ями,ях
= хозяин хозяин+а,у,ом,е хозяев+а,ам,ами,ах,-
= господин господин+а,у,ом,е господ+а,ам,ами,ах,-
= год год+а,у,ом,е,ы,ов,ам,ами,ах ~лет
= лето лет+о,а,у,ом,ам,ами,ах ~лете
= ухо ух+а,у,ом,е уш+и,ей,ам,ами,ах
= яйцо яйц+о,а,у,ом,е,ам,ами,ах яиц
= дерево дерев+о,а,у,ом,е деревь+@pl
= окно окн+о,а,у,ом,е,ам,ами,ах окон
= перо пер+о,а,у,ом,е перь+@pl
= крыло крыл+о,а,у,ом,е крыль+@pl
= звено звен+о,а,у,ом,е звень+@pl
= стул стул+а,у,ом,е стуль+@pl
= лист лист+@m листь+@pl
= колос колос+а,у,ом,е колось+@pl
= небо неб+о,а,у,ом,е небес+а,ам,ами,ах,-
= чудо чуд+о,а,у,ом,е чудес+а,ам,ами,ах,-
= имя имен+и,ем,а,ам,ами,ах,-
= семя семен+и,ем,а,ам,ами,ах семян
= волна волн+а,ы,е,у,ой,ам,ами,ах,-
= колесо колес+о,а,у,ом,е,ам,ами,ах,-
= деньги денег деньг+ам,ами,ах
= сутки суток сутк+ам,ами,ах
= цветок цветк+а,у,ом,е,и,ов,ам,ами,ах ~цветы ~цветов ~цветам ~цветами ~цветах
= щенок щенк+а,у,ом,е,и,ов,ам,ами,ах щенят+а,ам,ами,ах
= турок турк+а,у,ом,е,и,ам,ами,ах
= цыган цыган+а,у,ом,е,е,ам,ами,ах
= солдат солдат+а,у,ом,е,ы,ам,ами,ах
= рубеж рубеж+а,у,ом,е,и,ей,ам,ами,ах
@verbs
*писать пиш+у,ешь,ет,ем,ете,ут,и,ите
*сказать скаж+у,ешь,ет,ем,ете,ут,и,ите
*казать каж+у,ешь,ет,ем,ете,ут,и,ите
*искать ищ+у,ешь,ет,ем,ете,ут,и,ите
*резать реж+у,ешь,ет,ем,ете,ут,ь,ьте
*вязать вяж+у,ешь,ет,ем,ете,ут,и,ите
*плакать плач+у,ешь,ет,ем,ете,ут,ь,ьте
брать бер+у,ешь,ет,ем,ете,ут,и,ите
собрать собер+у,ешь,ет,ем,ете,ут,и,ите
выбрать выбер+у,ешь,ет,ем,ете,ут,и,ите
избрать избер+у,ешь,ет,ем,ете,ут,и,ите
убрать убер+у,ешь,ет,ем,ете,ут,и,ите
звать зов+у,ешь,ет,ем,ете,ут,и,ите
*ждать жд+у,ешь,ет,ем,ете,ут,и,ите
*дать дам дашь даст дадим дадите дадут дай дайте дал+-,а,о,и дан+-,а,о,ы
*давать да+ю,ешь,ет,ем,ете,ют
*стать стан+у,ешь,ет,ем,ете,ут,ь стал+-,а,о,и
взять возьм+у,ешь,ет,ем,ете,ут,и,ите взял+-,а,о,и взят+-,а,о,ы
принять прим+у,ешь,ет,ем,ете,ут,и,ите принял+-,а,о,и принят+-,а,о,ы
понять пойм+у,ешь,ет,ем,ете,ут,и,ите понял+-,а,о,и понят+-,а,о,ы
поднять подним+у,ешь,ет,ем,ете,ут,и,ите поднял+-,а,о,и поднят+-,а,о,ы
снять сним+у,ешь,ет,ем,ете,ут,и,ите снял+-,а,о,и снят+-,а,о,ы
занять займ+у,ешь,ет,ем,ете,ут,и,ите занял+-,а,о,и занят+-,а,о,ы
начать начн+у,ешь,ет,ем,ете,ут,и,ите начал+-,а,о,и начат+-,а,о,ы
идти ид+у,ешь,ет,ем,ете,ут,и,ите шел шла шло шли
прийти прид+у,ешь,ет,ем,ете,ут,и,ите приш+ел,ла,ло,ли
йти йду йдешь йдет йдем йдете йдут йди шел шла шло шли йден йдена йдено йдены: на вы у по до за во пере подо про обо
*ехать ед+у,ешь,ет,ем,ете,ут
*жить жив+у,ешь,ет,ем,ете,ут
*пить пь+ю,ешь,ет,ем,ете,ют
*бить бь+ю,ешь,ет,ем,ете,ют бит+-,а,о,ы
убить убь+ю,ешь,ет,ем,ете,ют убит+-,а,о,ы
*петь по+ю,ешь,ет,ем,ете,ют
*мочь мог+у,ут,-,ла,ло,ли мож+ешь,ет,ем,ете
*вести вед+у,ешь,ет,ем,ете,ут,и вел+-,а,о,и веден+-,а,о,ы
*везти вез+у,ешь,ет,ем,ете,ут,и,-,ла,ло,ли
*нести нес+у,ешь,ет,ем,ете,ут,и,-,ла,ло,ли несен+-,а,о,ы
*расти раст+у,ешь,ет,ем,ете,ут,и рос+-,ла,ло,ли
*упасть упад+у,ешь,ет,ем,ете,ут,и упал+-,а,о,и
*красть крад+у,ешь,ет,ем,ете,ут крал+-,а,о,и
умереть умр+у,ешь,ет,ем,ете,ут умер+-,ла,ло,ли
хотеть хоч+у,ешь,ет хот+им,ите,ят
*видеть виж+у вид+ишь,ит,им,ите,ят
*лететь леч+у лет+ишь,ит,им,ите,ят
*гореть гор+ишь,ит,им,ите,ят
*смотреть смотр+ишь,ит,им,ите,ят
*держать держ+у,ишь,ит,им,ите,ат
*бежать бег+у,ут беж+ишь,ит,им,ите
*лежать леж+у,ишь,ит,им,ите,ат
*кричать крич+у,ишь,ит,им,ите,ат
`

const ukrainian = `
@m = -,а,у,ом,ові,і,и,ів,ам,ами,ах
@s = а,у,ом,ові,і,и,ів,ам,ами,ах
@j = я,ю,ем,еві,і,ів,ям,ями,ях,ей
= кінь кон+я,ю,ем,еві,і,ей,ям,ями,ях
= день дн+я,ю,ем,еві,і,ів,ям,ями,ях
= тиждень тижн+я,ю,ем,еві,і,ів,ям,ями,ях
= камінь камен+я,ю,ем,еві,і,ів,ям,ями,ях
= корінь корен+я,ю,ем,еві,і,ів,ям,ями,ях
= вогонь вогн+ю,ем,еві,і,ів,ям,ями,ях
= рівень рівн+я,ю,ем,еві,і,ів,ям,ями,ях
= ніч ноч+і,ей,ам,ами,ах ніччю
= річ реч+і,ей,ам,ами,ах річчю
= піч печ+і,ей,ам,ами,ах піччю
= сіль сол+і,ей,ям,ями,ях сіллю
= ніс нос+@s
= рік рок+у,ом,ові,и,ів,ам,ами,ах році
= бік бок+у,ом,ові,и,ів,ам,ами,ах боці
= сік сок+у,ом,ові,и,ів,ам,ами,ах соці
= дім дом+у,ом,ові,і,и,ів,ам,ами,ах
= стіл стол+а,у,ом,ові,і,и,ів,ам,ами,ах
= міст мост+у,ом,ові,і,и,ів,ам,ами,ах
= кіт кот+а,у,ом,ові,і,и,ів,ам,ами,ах
= віз воз+а,у,ом,ові,і,и,ів,ам,ами,ах
= віл вол+а,у,ом,ові,і,и,ів,ам,ами,ах
= рід род+у,ом,ові,і,и,ів,ам,ами,ах
= ріг рог+у,а,ом,ові,и,ів,ам,ами,ах розі
= двір двор+у,а,ом,ові,і,и,ів,ам,ами,ах
= кінець кінц+я,ю,ем,еві,і,ів,ям,ями,ях
= лід льод+у,ом,ові,і,и,ів,ам,ами,ах
= ліс ліс+у,ом,ові,і,и,ів,ам,ами,ах
= хід ход+у,ом,ові,і,и,ів,ам,ами,ах
= ріст рост+у,ом,ові,і
= гість гост+я,ю,ем,еві,і,ей,ям,ями,ях
= кість кост+і,ей,ям,ями,ях кістю
= вість віст+і,ей,ям,ями,ях вістю
= осінь осен+і,ей,ям,ями,ях осінню
= радість радост+і,ей,ям,ями,ях радістю
= кров кров+і кров'ю
= любов любов+і любов'ю
= церква церкв+а,и,і,у,ою,ам,ами,ах церков
= гора гор+а,и,і,у,ою,ам,ами,ах гір
= школа школ+а,и,і,у,ою,ам,ами,ах шкіл
= нога ног+а,и,у,ою,ам,ами,ах нозі ніг
= дорога дорог+а,и,у,ою,ам,ами,ах дорозі доріг
= робота робот+а,и,і,у,ою,ам,ами,ах робіт
= голова голов+а,и,і,у,ою,ам,ами,ах голів
= корова коров+а,и,і,у,ою,ам,ами,ах корів
= особа особ+а,и,і,у,ою,ам,ами,ах осіб
= зоря зор+я,і,ю,ею,ям,ями,ях зір
= слово слов+о,а,у,ом,і,ам,ами,ах слів
= село сел+о,а,у,ом,і,ам,ами,ах сіл
= колесо колес+о,а,у,ом,і,ам,ами,ах коліс
= болото болот+о,а,у,ом,і,ам,ами,ах боліт
= поле пол+е,я,ю,ем,і,ям,ями,ях піль полів
= море мор+е,я,ю,ем,і,ям,ями,ях морів
= вікно вікн+о,а,у,ом,і,ам,ами,ах вікон
= земля земл+я,і,ю,ею,ям,ями,ях земель
= вода вод+а,и,і,у,ою,ам,ами,ах,-
= війна війн+а,и,і,у,ою,ам,ами,ах воєн
= сестра сестр+а,и,і,у,ою,ам,ами,ах сестер
= жінка жінк+а,и,у,ою,ам,ами,ах жінці жінок
= людина людин+а,и,і,у,ою люд+и,ей,ям,ях людьми
= дитина дитин+а,и,і,у,ою діт+и,ей,ям,ях дітьми
= чоловік чоловік+а,у,ом,ові,и,ів,ам,ами,ах
= друг друг+а,у,ом,ові друз+і,ів,ям,ями,ях
= око ок+а,у,ом оч+і,ей,ам,ах очима
= вухо вух+а,у,ом,ам,ами,ах вуш+а,ам
= ніготь нігт+я,і,ів,ями
= пес пс+а,у,ом,ові,и,ів,ам,ами,ах псі
= лев лев+а,у,ом,ові,и,ів,ам,ами,ах
= сон сн+у,ом,ові,і,и,ів,ам,ами,ах
= ім'я імен+і,ем,а,ам,ами,ах,-
= тіло тіл+о,а,у,ом,і,ам,ами,ах,-
= мати матер+і,ів,ям,ями,ях матір матір'ю
= батько батьк+а,у,ом,ові,и,ів,ам,ами,ах
= рука рук+а,и,у,ою,ам,ами,ах,- руці
= книга книг+а,и,у,ою,ам,ами,ах,- книзі
= ріка рік+а,и,у,ою,ам,ами,ах ріці
= папір папер+у,ом,ові,і,и,ів,ам,ами,ах
= вечір вечор+а,у,ом,ові,і,и,ів,ам,ами,ах
= вітер вітр+у,ом,ові,і,и,ів,ам,ами,ах
= попіл попел+у,ом,і
= ячмінь ячмен+ю,ем,і
= ведмідь ведмед+я,ю,ем,еві,і,ів,ям,ями,ях
= лебідь лебед+я,ю,ем,еві,і,ів,ям,ями,ях
= учитель учител+я,ю,ем,еві,і,ів,ям,ями,ях
= київ києв+а,у,ом,ові,і
= рух рух+у,ом,ові,и,ів,ам,ами,ах русі
= біль бол+ю,ем,і,ів,ям,ями,ях
`

const polish = `
@m = -,a,u,owi,em,ie,y,ów,om,ami,ach,owie
@f = y,ie,ę,ą,o,om,ami,ach
= dzień dnia dniu dniem dni dniom dniami dniach dnie
= tydzień tygodnia tygodniu tygodniem tygodnie tygodni tygodniom tygodniami tygodniach
= pies psa psu psem psie psy psów psom psami psach
= lew lwa lwu lwowi lwem lwie lwy lwów lwom lwami lwach
= sen snu snem śnie sny snów snom snami snach
= wieś wsi wsią wsie wsiom wsiami wsiach
= ręka ręki ręce rękę ręką rąk rękom rękami rękach rękoma
= noga nogi nodze nogę nogą nóg nogom nogami nogach
= człowiek człowieka człowiekowi człowiekiem człowieku ludzie ludzi ludziom ludźmi ludziach
= dziecko dziecka dziecku dzieckiem dzieci dzieciom dziećmi dzieciach
= brat brata bratu bratem bracie bracia braci braciom braćmi braciach
= siostra siostry siostrze siostrę siostrą sióstr siostrom siostrami siostrach
= ojciec ojca ojcu ojcem ojcowie ojców ojcom ojcami ojcach
= matka matki matce matkę matką matek matkom matkami matkach
= córka córki córce córkę córką córek córkom córkami córkach
= przyjaciel przyjaciela przyjacielowi przyjacielem przyjacielu przyjaciele przyjaciół przyjaciołom przyjaciółmi przyjaciołach
= ksiądz księdza księdzu księdzem księża księży księżom księżmi księżach
= książę księcia księciu księciem książęta książąt
= oko oka oku okiem oczy oczu oczom oczami oczach oczyma
= ucho ucha uchu uchem uszy uszu uszom uszami uszach
= rok roku rokiem lata ~lat latom latami latach roki
= lato lata latu latem lecie ~lat latom latami latach
= miesiąc miesiąca miesiącu miesiącem miesiące miesięcy miesiącom miesiącami miesiącach
= miasto miasta miastu miastem mieście miast miastom miastami miastach
= światło światła światłu światłem świetle świateł światłom światłami światłach
= święto święta świętu świętem święcie świąt świętom świętami świętach
= zwierzę zwierzęcia zwierzęciu zwierzęciem zwierzęta zwierząt zwierzętom zwierzętami zwierzętach
= imię imienia imieniu imieniem imiona imion imionom imionami imionach
= ciało ciała ciału ciałem ciele ciał ciałom ciałami ciałach
= drzewo drzewa drzewu drzewem drzewie drzew drzewom drzewami drzewach
= las lasu lasowi lasem lesie lasy lasów lasom lasami lasach
= świat świata światu światem świecie światy światów światom światami światach
= kwiat kwiatu kwiatowi kwiatem kwiecie kwiaty kwiatów kwiatom kwiatami kwiatach
= lód lodu lodowi lodem lodzie lody lodów lodom lodami lodach
= wąż węża wężowi wężem wężu węże węży wężów wężom wężami wężach
= mąż męża mężowi mężem mężu mężowie mężów mężom mężami mężach
= ząb zęba zębowi zębem zębie zęby zębów zębom zębami zębach
= dąb dębu dębowi dębem dębie dęby dębów dębom dębami dębach
= błąd błędu błędowi błędem błędzie błędy błędów błędom błędami błędach
= urząd urzędu urzędowi urzędem urzędzie urzędy urzędów urzędom urzędami urzędach
= pieniądz pieniądza pieniądzem pieniądze pieniędzy pieniądzom pieniędzmi pieniądzach
= gwiazda gwiazdy gwieździe gwiazdę gwiazdą gwiazd gwiazdom gwiazdami gwiazdach
= pojazd pojazdu pojazdowi pojazdem pojeździe pojazdy pojazdów pojazdom pojazdami pojazdach
= zjazd zjazdu zjazdowi zjazdem zjeździe zjazdy zjazdów zjazdom zjazdami zjazdach
= sąsiad sąsiada sąsiadowi sąsiadem sąsiedzie sąsiedzi sąsiadów sąsiadom sąsiadami sąsiadach
= anioł anioła aniołowi aniołem aniele aniołowie aniołów aniołami
= kościół kościoła kościołowi kościołem kościele kościoły kościołów kościołom kościołami kościołach
= wiatr wiatru wiatrowi wiatrem wietrze wiatry wiatrów wiatrom wiatrami wiatrach
= ogień ognia ogniowi ogniem ogniu ognie ogni ogniom ogniami ogniach
= łódź łodzi łodzią łodzie łodziom łodziami łodziach
= koń konia koniowi koniem koniu konie koni koniom końmi koniach
= krew krwi krwią
= cerkiew cerkwi cerkwią cerkwie cerkwiom cerkwiami cerkwiach
= marchew marchwi marchwią marchwie
= księga księgi księdze księgę księgą ksiąg księgom księgami księgach
= wstęga wstęgi wstędze wstęgę wstęgą wstęg wstęgami
= Niemcy Niemiec Niemcom Niemcami Niemczech
= Węgry Węgier Węgrom Węgrami Węgrzech
= Włochy Włoch Włochom Włochami Włoszech
= okno okna oknu oknem oknie okien oknom oknami oknach
= wojna wojny wojnie wojnę wojną wojen wojnom wojnami wojnach
= gra gry grze grę grą gier grom grami grach
= wybór wyboru wyborowi wyborem wyborze wybory wyborów wyborom wyborami wyborach
= wybory wyborów wyborom wyborami wyborach
= dom domu domowi domem domy domów domom domami domach
= syn syna synowi synem synu synowie synów synom synami synach
= pan pana panu panem panowie panów panom panami panach
= kobieta kobiety kobiecie kobietę kobietą kobiet kobietom kobietami kobietach
= statek statku statkowi statkiem statki statków statkom statkami statkach
`

const czech = `
= den dne dni dnu dnem dny dnů dní dnům dnech
= týden týdne týdnu týdni týdnem týdny týdnů týdnům týdnech
= pes psa psu psovi psem psi psy psů psům psech
= lev lva lvu lvovi lvem lvi lvové lvy lvů lvům lvech
= sen snu snem snech sny snů snům
= člověk člověka člověku člověkovi člověkem lidé lidi lidí lidem lidech lidmi
= dítě dítěte dítěti dítětem děti dětí dětem dětech dětmi
= přítel přítele příteli přítelem přátelé přátel přátelům přáteli přátelích přátele
= bratr bratra bratru bratrovi bratrem bratři bratry bratrů bratrům bratrech
= sestra sestry sestře sestru sestrou sester sestrám sestrách sestrami
= otec otce otci otcovi otcem otcové otců otcům otcích
= ruka ruky ruce ruku rukou rukám rukách rukama rukami
= noha nohy noze nohu nohou nohám nohách nohama nohami
= oko oka oku okem oči očí očím očích očima
= ucho ucha uchu uchem uši uší uším uších ušima
= dům domu domem domě domy domů domům domech
= stůl stolu stolem stole stoly stolů stolům stolech
= kůň koně koni koňovi koněm koní koním koních koňmi
= vůz vozu vozem voze vozy vozů vozům vozech
= nůž nože noži nožem nožů nožům nožích
= sůl soli solí
= důl dolu dolem dole doly dolů dolům dolech
= bůh boha bohu bohem bohové bohů bohům
= hůl hole holi holí holím holích holemi
= sníh sněhu sněhem sněhy
= chléb chleba chlebu chlebem chleby chlebů
= vítr větru větrem větry větrů větrům větrech
= kámen kamene kameni kamenem kameny kamenů kamenům kamenech
= mráz mrazu mrazem mrazy mrazů mrazům mrazech
= kráva krávy krávě krávu krávou krav kravám kravách kravami
= síla síly síle sílu silou sil silám silách silami
= díra díry díře díru děrou děr dírám dírách
= víra víry víře víru vírou
= míra míry míře míru mírou měr mírám mírách mírami
= dílo díla dílu dílem díle děl dílům dílech díly
= město města městu městem městě měst městům městech městy
= jméno jména jménu jménem jméně jmen jménům jménech jmény
= země zemi zemí zemím zemích zeměmi
= vesnice vesnici vesnicí vesnic vesnicím vesnicích vesnicemi
= ves vsi vsí vsích
= loď lodi lodě lodí lodím lodích loděmi loďmi
= zeď zdi zdí zdím zdích zdmi
= krev krve krvi krví
= církev církve církvi církví církvím církvích církvemi
= mrkev mrkve mrkví
= kníže knížete knížeti knížetem knížata
= zvíře zvířete zvířeti zvířetem zvířata zvířat zvířatům zvířatech zvířaty
= rok roku rokem roky roků let letům letech lety rokům rocích
= léto léta létu létem létě
= voda vody vodě vodu vodou vod vodám vodách vodami
= smlouva smlouvy smlouvě smlouvu smlouvou smluv smlouvám smlouvách smlouvami
= práce práci prací pracím pracích pracemi
= hra hry hře hru hrou her hrám hrách hrami
= oheň ohně ohni ohněm ohňů ohňům ohních
= píseň písně písni písní písním písních písněmi
= peníze peněz penězům penězích penězi
= vlk vlka vlku vlkovi vlkem vlci vlky vlků vlkům vlcích
= škola školy škole školu školou škol školám školách školami
`

const slovak = `
= deň dňa dňu dňom dni dní dňom dňoch dňami
= týždeň týždňa týždňu týždňom týždne týždňov týždňoch
= pes psa psu psovi psom psi psy psov psoch psami
= lev leva levovi levom levy levov
= človek človeka človeku človekovi človekom ľudia ľudí ľuďom ľuďoch ľuďmi
= dieťa dieťaťa dieťaťu dieťaťom deti detí deťom deťoch deťmi
= priateľ priateľa priateľovi priateľom priatelia priateľov priateľoch priateľmi
= otec otca otcovi otcom otcovia otcov otcoch
= ruka ruky ruke ruku rukou rúk rukám rukách rukami
= noha nohy nohe nohu nohou nôh nohám nohách nohami
= oko oka oku okom oči očí očiam očiach očami
= stôl stola stolu stolom stole stoly stolov stoloch
= kôň koňa koňovi koňom kone koňov koňoch
= vôz voza vozu vozom voze vozy vozov vozoch
= nôž noža nožu nožom nože nožov nožoch
= soľ soli soľou
= sneh snehu snehom
= vietor vetra vetru vetrom vetry vetrov vetroch
= mesto mesta mestu mestom meste miest mestám mestách mestami
= škola školy škole školu školou škôl školám školách školami
= žena ženy žene ženu ženou žien ženám ženách ženami
= kniha knihy knihe knihu knihou kníh knihám knihách knihami
= voda vody vode vodu vodou vôd vodám vodách vodami
= voľba voľby voľbe voľbu voľbou volieb voľbám voľbách voľbami
= vojna vojny vojne vojnu vojnou vojen vojnám vojnách vojnami
= loď lode lodi loďou lodí lodiam lodiach loďami
= krv krvi krvou
= cirkev cirkvi cirkvou cirkvám cirkvách cirkvami
= rok roka roku rokom roky rokov rokoch rokmi
= oheň ohňa ohňu ohňom ohni ohne ohňov ohňoch
= vlk vlka vlkovi vlkom vlci vlky vlkov vlkoch
= hra hry hre hru hrou hier hrám hrách hrami
= číslo čísla číslu číslom čísle čísel číslam číslach číslami
= okno okna oknu oknom okne okien oknám oknách oknami
= krajina krajiny krajine krajinu krajinou krajín krajinám krajinách krajinami
= peniaze peňazí peniazom peniazoch peniazmi
`

const slovene = `
= dan dne dneva dnevu dnevom dnevi dni dneh dnevih
= teden tedna tednu tednom tedni tednov tednih tedne
= pes psa psu psom psi psov psih
= lev leva levu levom levi levov
= človek človeka človeku človekom ljudje ljudi ljudem ljudmi ljudeh
= otrok otroka otroku otrokom otroci otroke otrocih
= oče očeta očetu očetom očetje
= mati matere materi materjo mater matere
= hči hčere hčeri hčerjo hčera
= oko očesa očesu očesom oči očmi očeh
= uho ušesa ušesu ušesom
= drevo drevesa drevesu drevesom dreves drevesih
= kolo kolesa kolesu kolesom koles kolesih
= roka roke roki roko rok rokah rokami
= veter vetra vetru vetrom vetrovi
= ogenj ognja ognju ognjem ognji
= konj konja konju konjem konji konj
= mesto mesta mestu mestom mest mestih mesti
= okno okna oknu oknom oken oknih
= voda vode vodi vodo vod vodah vodami
= gora gore gori goro gora gorah gorami
= gospod gospoda gospodje
= cerkev cerkve cerkvi cerkvijo cerkva cerkvah
= bolezen bolezni boleznijo
= ljubezen ljubezni ljubeznijo
= center centra centru centrom centri centrov
= minister ministra ministru ministrom ministri ministrov
= vojna vojne vojni vojno vojn vojnah vojnami
= leto leta letu letom let letih leti
`

const croatian = `
= dan dana danu danom dani dane danima
= tjedan tjedna tjednu tjednom tjedni tjedana tjedne tjednima
= pas psa psu psom psi pasa pse psima
= lav lava lavu lavom lavovi lavova lavove lavovima
= čovjek čovjeka čovjeku čovjekom ljudi ljude ljudima
= čovek čoveka čoveku čovekom ljudi ljude ljudima
= dijete djeteta djetetu djetetom djeca djece djeci djecu djecom
= dete deteta detetu detetom deca dece deci decu decom
= otac oca ocu ocem očevi očeva očeve očevima
= majka majke majci majku majkom majki majkama
= brat brata bratu bratom braća braće braći braću
= ruka ruke ruci ruku rukom rukama
= noga noge nozi nogu nogom nogama
= knjiga knjige knjizi knjigu knjigom knjiga knjigama
= rijeka rijeke rijeci rijeku rijekom rijekama
= reka reke reci reku rekom rekama
= oko oka oku okom oči očiju očima
= uho uha uhu uhom uši ušiju ušima
= posao posla poslu poslom poslovi poslova poslove poslovima
= misao misli mišlju
= sol soli solju
= noć noći noću noćima
= vjetar vjetra vjetru vjetrom vjetrovi vjetrova vjetrove
= vetar vetra vetru vetrom vetrovi vetrova vetrove
= metar metra metru metrom metri metara metre metrima
= centar centra centru centrom centri centara centre centrima
= ministar ministra ministru ministrom ministri ministara ministre ministrima
= teatar teatra teatru teatrom
= siječanj siječnja siječnju siječnjem
= veljača veljače veljači veljaču
= rujan rujna rujnu rujnom
= zemlja zemlje zemlji zemlju zemljom zemalja zemljama
= vuk vuka vuku vukom vukovi vukova vukove vukovima
= grad grada gradu gradom gradovi gradova gradove gradovima
= momak momka momku momkom momci momaka momke
= Dubrovnik Dubrovnika Dubrovniku Dubrovnikom
= crkva crkve crkvi crkvu crkvom crkava crkvama
= pismo pisma pismu pismom pisama pismima
= selo sela selu selom selima
= vrijeme vremena vremenu vremenom vremenima
= ime imena imenu imenom imenima
`

const serbian = `
= дан дана дану даном дани дане данима
= пас пса псу псом пси паса псе псима
= лав лава лаву лавом лавови лавова лавове лавовима
= човек човека човеку човеком људи људе људима
= дете детета детету дететом деца деце деци децу децом
= отац оца оцу оцем очеви очева очеве очевима
= мајка мајке мајци мајку мајком мајки мајкама
= брат брата брату братом браћа браће браћи браћу
= рука руке руци руку руком рукама
= нога ноге нози ногу ногом ногама
= књига књиге књизи књигу књигом књигама
= река реке реци реку реком рекама
= око ока оку оком очи очију очима
= посао посла послу послом послови послова послове пословима
= ветар ветра ветру ветром ветрови ветрова ветрове
= метар метра метру метром метри метара метре метрима
= центар центра центру центром центри центара центре центрима
= министар министра министру министром министри министара министре министрима
= земља земље земљи земљу земљом земаља земљама
= црква цркве цркви цркву црквом цркава црквама
= вук вука вуку вуком вукови вукова вукове вуковима
= град града граду градом градови градова градове градовима
= време времена времену временом временима
= име имена имену именом именима
`

const bulgarian = `
= ден деня денят дни дните дена
= човек човека човекът хора хората човеци
= дете детето деца децата
= ръка ръката ръце ръцете
= крак крака кракът краката
= око окото очи очите
= ухо ухото уши ушите
= брат брата братът братя братята
= мъж мъжа мъжът мъже мъжете
= жена жената жени жените
= кон коня конят коне конете
= син сина синът синове синовете
= лъв лъва лъвът лъвове лъвовете
= вълк вълка вълкът вълци вълците
= вятър вятъра вятърът ветрове ветровете
= място мястото места местата
= сняг снега снегът снегове
= хляб хляба хлябът хлябове
= бряг брега брегът брегове бреговете
= цвят цвета цветът цветове цветовете
= свят света светът светове
= град града градът градове градовете
= път пътя пътят пътища пътищата
= царят цар царя царе царете
= господин господина господинът господа
= театър театъра театърът театри театрите
= министър министъра министърът министри министрите
= метър метъра метри метрите
= център центъра центърът центрове центровете
= филтър филтъра филтри филтрите
= огън огъня огънят огньове
= сестра сестрата сестри сестрите
= име името имена имената
= време времето времена времената
= море морето морета моретата
= птица птицата птици птиците
= болест болестта болести болестите
= година годината години годините
= език езика езикът езици езиците
= учебник учебника учебникът учебници учебниците
= гръцки гръцката гръцкото гръцките
= българин българина българинът българи българите
= гражданин гражданина гражданинът граждани гражданите
= германец германеца германци германците
`

const macedonian = `
= ден денот дена дни денови деновите
= човек човекот луѓе луѓето
= дете детето деца децата
= рака раката раце рацете
= нога ногата нозе нозете
= око окото очи очите
= брат братот браќа браќата
= град градот градови градовите
= волк волкот волци волците
= министер министерот министри министрите
= центар центарот центри центрите
= театар театарот театри театрите
= ветар ветрот ветрови ветровите
= пес песот пци пците
`

const belarusian = `
= дзень дня дню днём дні дзён дням днямі днях
= тыдзень тыдня тыдню тыднем тыдні тыдняў тыднях
= чалавек чалавека чалавеку чалавекам чалавеку людзі людзей людзям людзьмі людзях
= дзіця дзіцяці дзеці дзяцей дзецям дзецьмі дзецях
= рука рукі руцэ руку рукой рук рукам рукамі руках
= нага нагі назе нагу нагой ног нагам нагамі нагах
= кніга кнігі кнізе кнігу кнігай кніг кнігам кнігамі кнігах
= рака ракі рацэ раку ракой рэк рэкі рэкам рэках
= горад горада гораду горадам горадзе гарады гарадоў гарадам гарадамі гарадах
= дом дома дому домам доме дамы дамоў дамам дамамі дамах
= конь каня каню канём коні коней коням конямі конях
= мова мовы мове мову мовай моў мовам мовамі мовах
= вада вады вадзе ваду вадой вод водам
= вайна вайны вайне вайну вайной войны войнаў войнам
= школа школы школе школу школай школ школам школамі школах
= лес лесу лесам лесе лясы лясоў лясам лясамі лясах
= снег снегу снегам снезе снягі снягоў
= ноч ночы ноччу ночы начэй начам начамі начах
`

const greek = `
γυναίκα γυναίκας γυναίκες γυναικών
άνδρας άνδρα άνδρες ανδρών άντρας άντρα άντρες αντρών
= φως φωτός φώτα φώτων
= γάλα γάλακτος γάλατα
= κρέας κρέατος κρέατα κρεάτων
= πολύς πολλοί πολλή πολλές πολλά πολλών πολλούς πολύ
= γη γης
= νους νου
= μήνας μήνα μήνες μηνών μηνός
= πατέρας πατέρα πατέρες πατέρων
= μητέρα μητέρας μητέρες μητέρων
= θάλασσα θάλασσας θάλασσες θαλασσών
= πόλη πόλης πόλεις πόλεων πόλεως
= βασιλιάς βασιλιά βασιλιάδες βασιλιάδων
= ψαράς ψαρά ψαράδες ψαράδων
= αδελφός αδελφού αδελφό αδελφοί αδελφών αδελφούς αδέλφια αδερφός αδερφού αδερφό αδέρφια
= μάτι ματιού μάτια ματιών
= αυτί αυτιού αυτιά αυτιών
= σπίτι σπιτιού σπίτια σπιτιών
= νησί νησιού νησιά νησιών
= παιδί παιδιού παιδιά παιδιών
`
